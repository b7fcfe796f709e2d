// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import java.util.Collection;

/**
 * One container of a workload on one server, as far as the next step depends on it.
 *
 * @param place what a replica and its successor have in common
 * @param spare whether its name is that of a spare
 * @param current whether it is like the newest revision
 * @param createdAt seconds of the epoch; of two the larger is the newer
 */
public record ReplicaView(String id, String place, boolean spare, boolean current, ReplicaPhase phase, long createdAt) {

    /** How it is. */
    public enum ReplicaPhase {
        /** not running */
        STOPPED,
        /** not running, and not to be started yet */
        PAUSED,
        /** running, not known to be well yet */
        STARTING,
        READY,
        /** running, and not well for longer than is waited */
        UNHEALTHY,
        /** running, and to be stopped once nothing is sent to it any more */
        LEAVING
    }

    boolean is(ReplicaPhase wanted) {
        return phase == wanted;
    }

    boolean isDown() {
        return phase == ReplicaPhase.STOPPED || phase == ReplicaPhase.PAUSED;
    }

    /** The same, in another phase. */
    public ReplicaView in(ReplicaPhase other) {
        return new ReplicaView(id, place, spare, current, other, createdAt);
    }

    /** Replicas among these that are there beside another one of the same place. */
    public static int doubled(Collection<ReplicaView> containers) {
        long replicas = containers.stream().filter(view -> !view.spare).count();
        return (int) replicas - places(containers);
    }

    /** Places that these have: as many replicas are wanted, by their names. */
    public static int places(Collection<ReplicaView> containers) {
        return (int) containers.stream()
                .filter(view -> !view.spare)
                .map(ReplicaView::place)
                .distinct()
                .count();
    }
}
