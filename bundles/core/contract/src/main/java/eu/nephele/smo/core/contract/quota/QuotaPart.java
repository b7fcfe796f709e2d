// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.quota;

/**
 * What the placements of a project take of a limited resource, from the view of one of its graphs. What is held in
 * addition while the world follows a decision does not count.
 *
 * @param others what those of the other graphs take
 * @param own what that of the graph takes, 0 without one
 * @param limit of the project
 */
public record QuotaPart(long others, long own, long limit) {

    /** Returns whether a placement of the graph would exceed it by what it takes more than the present one. */
    public boolean isExceededBy(long wanted) {
        return wanted > own && wanted > limit - others;
    }

    /** What the project may take more; negative where the quota was lowered below that. */
    public long left() {
        return limit - others - own;
    }
}
