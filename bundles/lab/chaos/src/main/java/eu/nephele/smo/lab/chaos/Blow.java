// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

/** By what the owner of a database is hit. */
public enum Blow {
    /** SIGKILL */
    KILL,
    /** SIGSTOP for longer than the lease, then SIGCONT */
    STOP,
    /** its database is out of reach for longer than the lease; the world is not */
    CUT;

    /** In turns. */
    static Blow of(int number) {
        return values()[(number - 1) % values().length];
    }
}
