// SPDX-License-Identifier: Apache-2.0
/** The model of a document that has no errors. */
package eu.nephele.smo.pools.containers.mapping;
