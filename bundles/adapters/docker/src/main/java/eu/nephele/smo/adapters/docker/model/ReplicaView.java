// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

/**
 * One container of a workload on one server, as far as the next step depends on it.
 *
 * @param spare whether its name is that of a spare
 * @param current whether it is like the newest revision
 * @param createdAt seconds of the epoch; of two the larger is the newer
 */
public record ReplicaView(String id, boolean spare, boolean current, ReplicaPhase phase, long createdAt) {

    /** How it is. */
    public enum ReplicaPhase {
        /** not running */
        STOPPED,
        /** running, not known to be well yet */
        STARTING,
        READY,
        /** running, and not well for longer than is waited */
        UNHEALTHY
    }

    boolean is(ReplicaPhase wanted) {
        return phase == wanted;
    }
}
