// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

/**
 * Reason for which a key is queued. Each reason has a queue of its own and a share of the passes while others wait too, so that
 * a short queue is served soon however long another one is, and none starves.
 */
public enum PriorityLevel {
    /** A user has changed what is wanted, and no pass has looked at it yet. */
    CHANGE(4),
    /** Something is being removed: the first pass and all further ones. */
    REMOVAL(2),
    /** A change is under way: as many passes again as changes need on the whole. */
    PROGRESS(8),
    /** Something has happened to what nobody is changing: of these there may be thousands at once when a cluster goes or comes back. */
    NEWS(4),
    /** A look whether all is as it should be, of which nobody waits for the answer. */
    ROUTINE(1);

    private final int shares;

    PriorityLevel(int shares) {
        this.shares = shares;
    }

    /** Passes out of those that are begun while all lanes have keys. */
    int shares() {
        return shares;
    }

    /** The one of the two that comes first in this list: whoever has two reasons is queued for the better one. */
    PriorityLevel orBetter(PriorityLevel other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
