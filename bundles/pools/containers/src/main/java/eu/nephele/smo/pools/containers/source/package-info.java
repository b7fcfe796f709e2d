// SPDX-License-Identifier: Apache-2.0
/** The text of a file as a tree, and where in the text each node is. */
package eu.nephele.smo.pools.containers.source;
