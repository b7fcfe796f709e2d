// SPDX-License-Identifier: Apache-2.0
/** Services in containers on plain servers, from one file. Pure: no I/O, no clock. */
package eu.nephele.smo.pools.containers;
