// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

final class ReleaseReadiness {

    private ReleaseReadiness() {}

    /** One part per cluster on which a replica is missing; "" when none is. */
    static String obstacle(InstalledRelease release, Nodes nodes) {
        StringJoiner parts = new StringJoiner("; ");
        for (Map.Entry<String, List<Pod>> entry : release.podsByCluster().entrySet()) {
            Node node = nodes.require(entry.getKey());
            List<Pod> pods = entry.getValue();
            long missing = pods.stream().filter(pod -> !pod.isReady()).count();
            if (missing > 0) {
                parts.add(missing + " of " + pods.size() + " replicas not ready on " + node.name() + ": "
                        + reason(pods, node));
            }
        }
        return parts.toString();
    }

    private static String reason(List<Pod> pods, Node node) {
        if (!node.isUp()) {
            return "the cluster is down";
        }
        return pods.stream()
                .filter(pod -> pod.phase() == PodPhase.PENDING)
                .findFirst()
                .map(pod -> "one more does not fit: " + pod.requests().shortage(node.free()))
                .orElse("starting");
    }
}
