// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the reasons, for people, for which services cannot go to a cluster. */
final class InfeasibilityReasons {

    private InfeasibilityReasons() {}

    /** @return reason for which the services, which must be together, cannot even be alone on the cluster; "" if they can */
    static String alone(PlacementRequest request, List<Integer> group, int cluster) {
        Resources demand = Resources.NONE;
        for (int s : group) {
            demand = demand.plus(request.services().get(s).demand());
            if (!request.allowed(s, cluster)) {
                return request.whyNotAllowed(s, cluster);
            }
            int overClusters = request.services().get(s).overClusters();
            if (overClusters > 1) {
                return "its replicas have to be on %d clusters, this strategy keeps a service on one"
                        .formatted(overClusters);
            }
        }
        String lack = demand.shortage(request.clusters().get(cluster).free());
        return lack.isEmpty() ? contradiction(request, group, cluster) : lack;
    }

    private static String contradiction(PlacementRequest request, List<Integer> group, int cluster) {
        for (List<Integer> pair : request.apart()) {
            if (group.containsAll(pair)) {
                return "services %s have to be together and apart"
                        .formatted(pair.stream()
                                .map(s -> request.services().get(s).id())
                                .toList());
            }
        }
        for (PlacementLink link : request.links()) {
            boolean within = group.contains(link.from()) && group.contains(link.to());
            double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
            if (within && request.latencyMillis(cluster, cluster).orElse(0) > limit) {
                return "latency inside the cluster exceeds %s ms".formatted(limit);
            }
        }
        return "";
    }

    /** Reasons for services that fit no cluster even alone, else for those that fit none beside the others. */
    static Map<String, Map<ClusterId, String>> reasons(RequestProblem read, int stuck, String otherwise) {
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        for (int item = 0; item < read.problem().items; item++) {
            if (read.problem().isHomeless(item)) {
                add(reasons, read.request(), read.members().get(item), otherwise);
            }
        }
        if (reasons.isEmpty()) {
            add(reasons, read.request(), read.members().get(stuck), otherwise);
        }
        return reasons;
    }

    private static void add(
            Map<String, Map<ClusterId, String>> reasons,
            PlacementRequest request,
            List<Integer> group,
            String otherwise) {
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            String alone = alone(request, group, c);
            byCluster.put(request.clusters().get(c).id(), alone.isEmpty() ? otherwise : alone);
        }
        group.forEach(s -> reasons.put(request.services().get(s).id(), byCluster));
    }
}
