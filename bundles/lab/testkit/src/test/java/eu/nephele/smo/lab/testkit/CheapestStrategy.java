// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A first strategy of an author: each service on the cheapest cluster with enough capacity. */
class CheapestStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        Resources[] free =
                request.clusters().stream().map(ClusterCapacity::free).toArray(Resources[]::new);
        Map<String, ClusterId> chosen = new LinkedHashMap<>();
        for (int s = 0; s < request.services().size(); s++) {
            int service = s;
            Resources demand = request.services().get(s).demand();
            IntStream.range(0, free.length)
                    .filter(c -> request.allowed(service, c) && demand.fitsInto(free[c]))
                    .boxed()
                    .min(Comparator.comparingLong(c -> request.costs().get(0).assign(service, c)))
                    .ifPresent(c -> {
                        free[c] = free[c].minusFloored(demand);
                        chosen.put(
                                request.services().get(service).id(),
                                request.clusters().get(c).id());
                    });
        }
        Map<String, Integer> replicas =
                request.services().stream().collect(Collectors.toMap(PlacementService::id, PlacementService::replicas));
        Placement placement = Placement.whole(chosen, replicas::get);
        return Feasibility.violations(request, placement).isEmpty()
                ? new PlacementResult.Placed(placement, PlacementResult.Quality.HEURISTIC)
                : refusal(request);
    }

    private static PlacementResult refusal(PlacementRequest request) {
        Map<ClusterId, String> reasons = request.clusters().stream()
                .collect(Collectors.toMap(ClusterCapacity::id, cluster -> "no room, or a relation to another service"));
        return new PlacementResult.Infeasible(
                Map.of(request.services().get(0).id(), reasons), Optional.of("more room, or another strategy"));
    }
}
