// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

/** Kinds of faults of the owner of a database. */
public enum OwnerFailure {
    /** SIGKILL */
    KILL(false),
    /** SIGSTOP for longer than the lease, then SIGCONT */
    STOP(true),
    /** its database, but not the world, is unreachable for longer than the lease */
    CUT(false);

    private final boolean standsStill;

    OwnerFailure(boolean standsStill) {
        this.standsStill = standsStill;
    }

    /**
     * Returns whether a write that it began in time may reach the world when it has a successor: only of a process that
     * stood still.
     */
    boolean mayBeLate() {
        return standsStill;
    }

    /** All kinds, in turns. */
    static OwnerFailure of(int number) {
        return values()[(number - 1) % values().length];
    }
}
