// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A sound strategy in a few lines: first fit, and a refusal of everything that this does not solve. */
class SoundPlacement implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        Resources[] free =
                request.clusters().stream().map(cluster -> cluster.free()).toArray(Resources[]::new);
        Map<String, ClusterId> chosen = new LinkedHashMap<>();
        Map<String, Integer> replicas = new LinkedHashMap<>();
        for (int s = 0; s < request.services().size(); s++) {
            var service = request.services().get(s);
            replicas.put(service.id(), service.replicas());
            for (int c = 0; c < free.length && !chosen.containsKey(service.id()); c++) {
                if (request.allowed(s, c) && service.demand().fitsInto(free[c])) {
                    free[c] = free[c].minusFloored(service.demand());
                    chosen.put(service.id(), request.clusters().get(c).id());
                }
            }
        }
        Placement placement = Placement.whole(chosen, replicas::get);
        return Feasibility.violations(request, placement).isEmpty()
                ? new Placed(placement, Quality.HEURISTIC)
                : refusal(request);
    }

    static Infeasible refusal(PlacementRequest request) {
        Map<ClusterId, String> everywhere = new LinkedHashMap<>();
        request.clusters().forEach(cluster -> everywhere.put(cluster.id(), "no room or not allowed"));
        return new Infeasible(Map.of(request.services().get(0).id(), everywhere), Optional.empty());
    }
}
