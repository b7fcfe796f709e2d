// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the reasons, for people, for which services cannot go to a cluster. */
final class InfeasibilityReasons {

    private InfeasibilityReasons() {}

    /** @return reason for which the item cannot even be alone on the cluster; "" if it can */
    static String alone(PlacementRequest request, RequestItem item, int cluster) {
        for (int s : item.services()) {
            if (!request.allowed(s, cluster)) {
                return request.whyNotAllowed(s, cluster);
            }
        }
        String rule = ofShares(item, cluster);
        if (!rule.isEmpty()) {
            return rule;
        }
        String lack = RequestReader.demand(request, item)
                .shortage(request.clusters().get(cluster).free());
        return lack.isEmpty() ? contradiction(request, item.services(), cluster) : lack;
    }

    /** @return reason for which the rule that divides replicas does not want the item there; "" if it may be there */
    static String ofShares(RequestItem item, int cluster) {
        if (!item.obstacle().isEmpty()) {
            return item.obstacle();
        }
        return item.cluster().orElse(cluster) == cluster ? "" : "its share of the replicas belongs to another cluster";
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
                add(reasons, read.request(), read.items().get(item), otherwise);
            }
        }
        if (reasons.isEmpty()) {
            add(reasons, read.request(), read.items().get(stuck), otherwise);
        }
        return reasons;
    }

    private static void add(
            Map<String, Map<ClusterId, String>> reasons, PlacementRequest request, RequestItem item, String otherwise) {
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            String alone = alone(request, item, c);
            byCluster.put(request.clusters().get(c).id(), alone.isEmpty() ? otherwise : alone);
        }
        item.services().forEach(s -> reasons.put(request.services().get(s).id(), byCluster));
    }
}
