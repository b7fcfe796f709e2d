// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Locale;
import java.util.stream.Collectors;

record ScalingCase(String origin, ScalingRequest request) {

    private static final int MOST_SHOWN = 6;

    String text() {
        int size = request.targets().size();
        if (size > MOST_SHOWN) {
            return "%s (%d targets)".formatted(origin, size);
        }
        return "%s\n%s\n%s"
                .formatted(
                        origin,
                        request.targets().stream().map(ScalingCase::target).collect(Collectors.joining("\n")),
                        request.clusters().stream().map(ScalingCase::cluster).collect(Collectors.joining("\n")));
    }

    static String target(ScalingTarget target) {
        String demand = target.demandPerSecond().isPresent()
                ? String.valueOf(target.demandPerSecond().getAsDouble())
                : "unknown";
        return String.format(
                Locale.ROOT,
                "  target %s/%s on %s: cpuMillis=%d replicas=%d bounds=%d..%d demandPerSecond=%s alpha=%s beta=%s sinceLastChange=%s history=%d points",
                target.graph(),
                target.service(),
                target.cluster().name(),
                target.perReplica().cpuMillis(),
                target.replicas(),
                target.minReplicas(),
                target.maxReplicas(),
                demand,
                target.profile().alpha(),
                target.profile().beta(),
                target.sinceLastChange(),
                target.history().size());
    }

    private static String cluster(ClusterCapacity cluster) {
        return "  cluster %s: free %s"
                .formatted(cluster.id().name(), cluster.free().byName());
    }
}
