// SPDX-License-Identifier: Apache-2.0
/** What a new file changes about the running one. */
package eu.nephele.smo.pools.containers.compare;
