// SPDX-License-Identifier: Apache-2.0
/** The decisions of the autoscaler that this file was made for, one by one, as functions of what is known. */
package eu.nephele.smo.pools.containers.rules;
