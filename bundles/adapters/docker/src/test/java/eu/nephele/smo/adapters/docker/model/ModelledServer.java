// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import java.util.ArrayList;
import java.util.List;

/** A server as the planner sees it, on which steps have their effects. */
final class ModelledServer {

    private final ServerShare wanted;
    private final boolean beside;
    private final List<ReplicaView> containers;

    ModelledServer(ServerShare wanted, boolean beside, List<ReplicaView> containers) {
        this.wanted = wanted;
        this.beside = beside;
        this.containers = new ArrayList<>(containers);
    }

    ServerShare wanted() {
        return wanted;
    }

    boolean beside() {
        return beside;
    }

    List<ReplicaView> containers() {
        return containers;
    }

    List<ReplicaView> replicas() {
        return containers.stream().filter(view -> !view.spare()).toList();
    }

    int ready() {
        return (int) replicas().stream()
                .filter(view -> view.phase() == ReplicaPhase.READY)
                .count();
    }

    int missing() {
        return Math.max(0, wanted.replicas() - ready());
    }

    /** More than wanted; not what is left over since fewer are wanted than before. */
    int extra() {
        return Math.max(0, replicas().size() - Math.max(wanted.replicas(), ReplicaView.places(containers)));
    }

    int doubled() {
        return ReplicaView.doubled(containers);
    }

    ReplicaView one(String id) {
        return containers.stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    void change(String id, ReplicaView to) {
        containers.replaceAll(view -> view.id().equals(id) ? to : view);
    }

    @Override
    public String toString() {
        return "%d wanted, beside=%s: %s".formatted(wanted.replicas(), beside, containers);
    }
}
