// SPDX-License-Identifier: Apache-2.0
/** What the file of a pool says, with the defaults of what it does not say. */
package eu.nephele.smo.pools.containers.file;
