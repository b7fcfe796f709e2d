// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

/**
 * Reason for which a key is queued. Each reason has a queue of its own and a share of the passes while others wait too,
 * so that a short queue is served soon however long another one is, and none starves.
 */
public enum PriorityLevel {
    /** A user has changed the desired state, and no pass has run since. */
    CHANGE(4),
    /** Something is being removed: the first pass and all further ones. */
    REMOVAL(2),
    /** A change is under way: as many passes again as changes need on the whole. */
    PROGRESS(8),
    /** An event outside any change: there may be thousands at once when a cluster leaves or comes back. */
    NEWS(4),
    /** A routine check of the observed state, without a waiting caller. */
    ROUTINE(1);

    private final int shares;

    PriorityLevel(int shares) {
        this.shares = shares;
    }

    /** Passes out of those that are begun while all lanes have keys. */
    int shares() {
        return shares;
    }

    /**
     * Returns the one of the two that comes first in this list: a key with two reasons is queued for the better one.
     */
    PriorityLevel orBetter(PriorityLevel other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
