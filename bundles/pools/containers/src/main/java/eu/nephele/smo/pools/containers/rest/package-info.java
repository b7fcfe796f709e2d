// SPDX-License-Identifier: Apache-2.0
/** The interface of the original autoscaler, with its fields. */
package eu.nephele.smo.pools.containers.rest;
