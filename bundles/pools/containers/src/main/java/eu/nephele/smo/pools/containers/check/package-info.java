// SPDX-License-Identifier: Apache-2.0
/** What may be wrong with a file: its schema, its variables, its rules over several keys. */
package eu.nephele.smo.pools.containers.check;
