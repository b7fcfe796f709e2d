// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

/** Where a graph is in its life. */
public enum GraphPhase {
    /** accepted, not placed; also: no room now, tried again when capacity changes */
    PENDING,
    PLACING,
    DEPLOYING,
    RUNNING,
    /** everything that runs without an event is there; the rest waits for its trigger */
    WAITING,
    UPDATING,
    /** desired and observed differ, being repaired */
    DEGRADED,
    STOPPING,
    STOPPED,
    REMOVING,
    /** needs a person; reason and remedy are in the conditions */
    FAILED
}
