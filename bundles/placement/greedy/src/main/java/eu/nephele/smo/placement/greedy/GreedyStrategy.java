// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Component;

/**
 * Cost-driven placement, fast and without a guarantee. One service after the other goes to the cluster where it adds the least
 * cost: its own, the opening of an unused cluster, and the traffic to services that are placed already; among equals
 * the cluster of which this decision uses most CPU, then the first by name. Services that must be together choose as one. A
 * service without room may send one other elsewhere; where that does not help, a bounded search for any placement follows.
 */
@Component(property = PlacementStrategy.ID + "=greedy")
public final class GreedyStrategy implements PlacementStrategy {

    @Override
    public Class<? extends Record> parametersType() {
        return GreedyParameters.class;
    }

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        if (request.clusters().isEmpty()) {
            return nowhere(request);
        }
        PlacementItems items = new PlacementItems(request);
        WorkBudget workBudget = new WorkBudget(context);
        PartialPlacement partialPlacement = new PartialPlacement(items);
        int stuck = new GreedyInsertion(items, partialPlacement, workBudget)
                .run(context.parameters(GreedyParameters.class).order());
        if (stuck == PartialPlacement.NONE) {
            return placed(items, partialPlacement, workBudget, "");
        }
        Map<String, Map<ClusterId, String>> reasons = reasons(items, partialPlacement, stuck);
        return new BacktrackingSearch(items, workBudget)
                .run()
                .<PlacementResult>map(found -> placed(items, found, workBudget, "found by backtracking"))
                .orElseGet(() -> new Infeasible(reasons, Optional.empty()));
    }

    private static PlacementResult placed(
            PlacementItems items, PartialPlacement partialPlacement, WorkBudget workBudget, String note) {
        PlacementRequest request = items.request();
        Map<String, ClusterId> clusterByService = new LinkedHashMap<>();
        Map<String, Integer> replicas = new LinkedHashMap<>();
        for (int s = 0; s < request.services().size(); s++) {
            String id = request.services().get(s).id();
            int cluster = partialPlacement.clusterOf(items.itemOf(s));
            clusterByService.put(id, request.clusters().get(cluster).id());
            replicas.put(id, request.services().get(s).replicas());
        }
        return new Placed(
                Placement.whole(clusterByService, id -> replicas.getOrDefault(id, 0)),
                new Quality(StopReason.FINISHED, OptionalLong.empty(), OptionalLong.of(workBudget.units()), note));
    }

    private static Infeasible nowhere(PlacementRequest request) {
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        request.services().forEach(service -> reasons.put(service.id(), Map.of()));
        return new Infeasible(reasons, Optional.of("no available cluster"));
    }

    private static Map<String, Map<ClusterId, String>> reasons(
            PlacementItems items, PartialPlacement partialPlacement, int item) {
        PlacementRequest request = items.request();
        List<Integer> group = items.members(item);
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            byCluster.put(request.clusters().get(c).id(), partialPlacement.obstacle(item, c));
        }
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        group.forEach(s -> reasons.put(request.services().get(s).id(), byCluster));
        return reasons;
    }
}
