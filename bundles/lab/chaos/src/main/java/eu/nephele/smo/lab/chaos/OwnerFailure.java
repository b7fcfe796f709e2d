// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/** By what the owner of a database is hit. */
public enum OwnerFailure {
    /** SIGKILL */
    KILL(false),
    /** SIGSTOP for longer than the lease, then SIGCONT */
    STOP(true),
    /** its database is out of reach for longer than the lease; the world is not */
    CUT(false);

    private final boolean standsStill;

    OwnerFailure(boolean standsStill) {
        this.standsStill = standsStill;
    }

    /**
     * Returns whether a write that it has begun in time may reach the world when it has a successor: only of a process that
     * stood still.
     */
    boolean mayBeLate() {
        return standsStill;
    }

    /** In turns. */
    static OwnerFailure of(int number) {
        return values()[(number - 1) % values().length];
    }
}
