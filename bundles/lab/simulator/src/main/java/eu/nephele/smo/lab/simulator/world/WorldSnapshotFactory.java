// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Paints the world as it is. */
public final class Portrait {

    private final World world;

    public Portrait(World world) {
        this.world = world;
    }

    public WorldSnapshot snapshot() {
        return world.change(state -> new WorldSnapshot(
                state.now(),
                state.nodes().all().stream().map(Portrait::cluster).toList(),
                state.releases().all().stream()
                        .map(release -> release(release, state.nodes()))
                        .toList(),
                pods(state),
                state.loads().ratesAt(state.now()),
                state.outages(),
                state.monitoring().series().all(),
                state.monitoring().rules().stream().map(Portrait::rule).toList(),
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

    private static WorldSnapshot.Release release(Release release, Nodes nodes) {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        release.podsByCluster().forEach((cluster, pods) -> replicas.put(cluster, pods.size()));
        return new WorldSnapshot.Release(
                release.state(),
                release.chart(),
                replicas,
                release.readyReplicas(),
                Readiness.obstacle(release, nodes));
    }

    private static WorldSnapshot.Rule rule(Rule rule) {
        return new WorldSnapshot.Rule(
                rule.workload(),
                rule.content().id(),
                rule.content().promQuery(),
                rule.content().gracePeriod(),
                rule.owner(),
                rule.state(),
                rule.message());
    }

    private static List<WorldSnapshot.Pod> pods(State state) {
        return state.releases().all().stream()
                .flatMap(release -> release.pods().stream())
                .sorted(Comparator.comparingLong(Pod::number))
                .map(pod -> new WorldSnapshot.Pod(
                        pod.name(), pod.release().ref().toString(), pod.node().name(), pod.phase()))
                .toList();
    }
}
