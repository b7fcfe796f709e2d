// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

/**
 * An update that can be taken back.
 *
 * @param image that ran before it
 */
public record PlannedAbort(PlannedChange change, String image) {}
