// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Explains why nothing fits: per service and cluster, those that are not ready included. */
final class InfeasibilityReport {

    private static final int MOST_CLUSTERS = 5;

    private InfeasibilityReport() {}

    static SmoException toException(Graph graph, PlacementRequest request, Infeasible infeasible) {
        Map<String, Map<String, String>> reasons = new LinkedHashMap<>();
        infeasible.reasons().forEach((service, byCluster) -> {
            Map<String, String> named = unavailable(request);
            byCluster.forEach((cluster, why) -> named.put(cluster.name(), why));
            reasons.put(service, named);
        });
        String services = String.join(", ", reasons.keySet());
        String hint = infeasible.counterfactual().map(text -> ". " + text).orElse("");
        return SmoException.infeasible(
                "Graph %s does not fit: no cluster can run %s%s. %s"
                        .formatted(graph.id().name(), services, hint, first(reasons)),
                reasons);
    }

    /** The reasons of the first service, for places with space for one line only. */
    private static String first(Map<String, Map<String, String>> reasons) {
        return reasons.entrySet().stream()
                .findFirst()
                .map(entry -> entry.getValue().entrySet().stream()
                        .limit(MOST_CLUSTERS)
                        .map(reason -> "%s: %s".formatted(reason.getKey(), reason.getValue()))
                        .collect(Collectors.joining("; ", entry.getKey() + " (", ")")))
                .orElse("");
    }

    static SmoException nowhere(Graph graph, PlacementRequest request) {
        Map<String, Map<String, String>> reasons = new LinkedHashMap<>();
        graph.services().forEach(service -> reasons.put(service.id(), unavailable(request)));
        return SmoException.infeasible("No available cluster", reasons);
    }

    private static Map<String, String> unavailable(PlacementRequest request) {
        Map<String, String> reasons = new TreeMap<>();
        request.unavailable().forEach((cluster, why) -> reasons.put(cluster.name(), why));
        return reasons;
    }
}
