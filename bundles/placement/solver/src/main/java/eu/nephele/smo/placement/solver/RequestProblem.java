// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as an assignment problem, and the way back from an assignment to a placement.
 *
 * @param members services of each item, as indexes of the request
 */
public record RequestProblem(PlacementRequest request, List<List<Integer>> members, AssignmentProblem problem) {

    public RequestProblem {
        members = List.copyOf(members);
    }

    /** Converts the request to plain numbers. */
    public static RequestProblem from(PlacementRequest request) {
        RequestReader reader = new RequestReader(request);
        return new RequestProblem(request, reader.members(), reader.read());
    }

    /** @param at cluster by item */
    public Placement placement(int[] at) {
        ClusterId[] clusterOf = new ClusterId[request.services().size()];
        for (int item = 0; item < at.length; item++) {
            for (int s : members.get(item)) {
                clusterOf[s] = request.clusters().get(at[item]).id();
            }
        }
        Map<String, ClusterId> clusterByService = new LinkedHashMap<>();
        Map<String, Integer> replicas = new LinkedHashMap<>();
        for (int s = 0; s < clusterOf.length; s++) {
            String id = request.services().get(s).id();
            clusterByService.put(id, clusterOf[s]);
            replicas.put(id, request.services().get(s).replicas());
        }
        return Placement.whole(clusterByService, replicas::get);
    }

    /**
     * @param stuck an item that found no cluster, where each has one when it is alone
     * @param otherwise reason for a cluster on which a service fits when it is alone
     */
    public Infeasible infeasible(int stuck, String otherwise, Optional<String> counterfactual) {
        return new Infeasible(InfeasibilityReasons.reasons(this, stuck, otherwise), counterfactual);
    }
}
