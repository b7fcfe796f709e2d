// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a snapshot of the real state of the world. */
public final class WorldSnapshotFactory {

    private final World world;

    public WorldSnapshotFactory(World world) {
        this.world = world;
    }

    public WorldSnapshot snapshot() {
        return world.change(state -> new WorldSnapshot(
                state.now(),
                state.nodes().all().stream().map(WorldSnapshotFactory::cluster).toList(),
                state.releases().all().stream()
                        .map(release -> release(release, state.nodes()))
                        .toList(),
                pods(state),
                state.loads().ratesAt(state.now()),
                state.outages(),
                state.monitoring().series().all(),
                state.monitoring().rules().stream()
                        .map(WorldSnapshotFactory::rule)
                        .toList(),
                state.writes().all()));
    }

    private static WorldSnapshot.Cluster cluster(Node node) {
        return new WorldSnapshot.Cluster(
                node.name(),
                node.isUp(),
                node.allocatable(),
                node.allocated(),
                node.foreign(),
                node.requested(),
                node.overbooked());
    }

    private static WorldSnapshot.ReleaseSnapshot release(InstalledRelease release, Nodes nodes) {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        release.podsByCluster().forEach((cluster, pods) -> replicas.put(cluster, pods.size()));
        return new WorldSnapshot.ReleaseSnapshot(
                release.state(),
                release.chart(),
                replicas,
                release.readyReplicas(),
                ReleaseReadiness.obstacle(release, nodes));
    }

    private static WorldSnapshot.RuleSnapshot rule(EvaluatedRule rule) {
        return new WorldSnapshot.RuleSnapshot(
                rule.workload(),
                rule.content().id(),
                rule.content().promQuery(),
                rule.content().gracePeriod(),
                rule.owner(),
                rule.state(),
                rule.message());
    }

    private static List<WorldSnapshot.PodSnapshot> pods(WorldState state) {
        return state.releases().all().stream()
                .flatMap(release -> release.pods().stream())
                .sorted(Comparator.comparingLong(Pod::number))
                .map(pod -> new WorldSnapshot.PodSnapshot(
                        pod.name(), pod.release().ref().toString(), pod.node().name(), pod.phase()))
                .toList();
    }
}
