// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request as an assignment problem, and the way back from an assignment to a placement.
 *
 * @param items of the assignment, by their numbers there
 * @param rows its capacities, with the names of the resources
 * @param inexact for people: why what is found out about the problem is no proof for the request; empty if it is
 */
public record RequestProblem(
        PlacementRequest request,
        List<RequestItem> items,
        CapacityRows rows,
        AssignmentProblem problem,
        Optional<String> inexact) {

    public RequestProblem {
        items = List.copyOf(items);
    }

    /** Converts the request to plain numbers; replicas are divided in proportion, as far as each service alone can be. */
    public static RequestProblem from(PlacementRequest request) {
        return new RequestReader(request, false).read();
    }

    /**
     * Solves the request. If nothing fits, and replicas are divided, the search is repeated with other divisions.
     *
     * @param search finds a placement, or why there is none
     */
    public static PlacementResult solve(PlacementRequest request, Function<RequestProblem, PlacementResult> search) {
        RequestProblem first = from(request);
        PlacementResult result = search.apply(first);
        boolean divided = request.services().stream().anyMatch(PlacementService::isDivided);
        if (!divided || result instanceof Placed) {
            return result;
        }
        RequestProblem second = new RequestReader(request, true).read();
        return second.items().equals(first.items()) ? result : search.apply(second);
    }

    /** @param at cluster by item */
    public Placement placement(int[] at) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        request.services().forEach(service -> shares.put(service.id(), new ArrayList<>()));
        for (int item = 0; item < at.length; item++) {
            ClusterId cluster = request.clusters().get(at[item]).id();
            for (int s : items.get(item).services()) {
                PlacementService service = request.services().get(s);
                shares.computeIfAbsent(service.id(), any -> new ArrayList<>())
                        .add(new Share(cluster, items.get(item).replicas(service.replicas())));
            }
        }
        return new Placement(shares);
    }

    /**
     * @param stuck an item that found no cluster, where each has one when it is alone
     * @param otherwise reason for a cluster on which a service fits when it is alone
     */
    public Infeasible infeasible(int stuck, String otherwise, Optional<String> counterfactual) {
        return new Infeasible(InfeasibilityReasons.reasons(this, stuck, otherwise), counterfactual);
    }
}
