// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.lab.simulator.ClusterModel;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** The clusters of the federation in name order. Guarded by the lock of the world. */
final class Nodes {

    private final Map<String, Node> byName = new TreeMap<>();
    private boolean overbookedOnesLeft;
    private long version;
    private long lastRemoval;

    void add(ClusterModel model) {
        if (byName.containsKey(model.name())) {
            throw new IllegalStateException("Cluster %s is in the federation already".formatted(model.name()));
        }
        byName.put(model.name(), new Node(model, this::nextVersion));
    }

    void remove(Node node) {
        overbookedOnesLeft |= !node.overbooked().isZero();
        byName.remove(node.name());
        lastRemoval = nextVersion();
    }

    private long nextVersion() {
        return ++version;
    }

    /** Number of the last change of the reports of clusters. */
    long version() {
        return version;
    }

    /** Returns whether a cluster has left since the change of that number. */
    boolean hasLostSince(long number) {
        return number < lastRemoval;
    }

    boolean overbookedEver() {
        return overbookedOnesLeft
                || byName.values().stream().anyMatch(node -> !node.overbooked().isZero());
    }

    Collection<Node> all() {
        return byName.values();
    }

    Optional<Node> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws NoSuchElementException when none has that name */
    Node require(String name) {
        return find(name)
                .orElseThrow(() -> new NoSuchElementException(
                        "Cluster %s is not in the federation, expected one of %s".formatted(name, byName.keySet())));
    }

    /** The cluster of an order; an order for an unknown cluster or one of another source is rejected. */
    Node ordered(ClusterId id, String what) {
        if (!id.source().equals(World.SOURCE)) {
            throw new AdapterException(
                    AdapterException.Kind.REFUSED,
                    World.SYSTEM,
                    "%s: cluster %s is not one of the simulated federation".formatted(what, id));
        }
        return ordered(id.name(), what);
    }

    Node ordered(String name, String what) {
        return find(name)
                .orElseThrow(() -> new AdapterException(
                        AdapterException.Kind.NOT_FOUND,
                        World.SYSTEM,
                        "%s: cluster %s is not in the simulated federation, expected one of %s"
                                .formatted(what, name, byName.keySet())));
    }
}
