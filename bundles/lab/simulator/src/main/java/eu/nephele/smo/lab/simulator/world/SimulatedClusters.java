// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.ArtifactTypeLabels;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.lab.simulator.ClusterChanges;
import eu.nephele.smo.lab.simulator.Outage;
import java.time.Instant;
import java.util.List;

/** The clusters of the world as a registry reports them. */
public final class SimulatedClusters implements ClusterRegistry {

    private final World world;

    public SimulatedClusters(World world) {
        this.world = world;
    }

    @Override
    public List<ClusterState> clusters() {
        return world.change(state -> {
            state.requireWorking(Outage.REGISTRY, "List clusters");
            Instant observedAt = world.clock().outside(state.now());
            return state.nodes().all().stream()
                    .map(node -> report(node, observedAt))
                    .toList();
        });
    }

    /** Returns the reports of clusters that are newer than that version; 0 for all. */
    public ClusterChanges since(long version) {
        return world.change(state -> {
            state.requireWorking(Outage.REGISTRY, "List clusters");
            Nodes nodes = state.nodes();
            boolean all = version <= 0 || version > nodes.version() || nodes.hasLostSince(version);
            Instant observedAt = world.clock().outside(state.now());
            return new ClusterChanges(
                    nodes.version(),
                    all,
                    nodes.all().stream()
                            .filter(node -> all || node.version() > version)
                            .map(node -> report(node, observedAt))
                            .toList());
        });
    }

    @Override
    public Subscription subscribe(Runnable onChange) {
        return world.announcements().onClusters(onChange);
    }

    private static ClusterState report(Node node, Instant observedAt) {
        return new ClusterState(
                node.id(),
                node.isUp(),
                node.allocatable(),
                node.allocated(),
                node.model().location(),
                node.model().labels(),
                node.model().energy(),
                ArtifactTypeLabels.types(node.model().labels()),
                observedAt);
    }
}
