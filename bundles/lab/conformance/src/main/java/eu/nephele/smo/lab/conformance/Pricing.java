// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prices requests as the engine does, and recomputes the cost of a placement, independently of any strategy. */
public final class Pricing {

    private Pricing() {}

    /** The request with one level of costs, that of {@link #costs}. */
    public static PlacementRequest priced(PlacementRequest request, Map<PlacementObjective, Double> weights) {
        return request.withCosts(List.of(costs(request, weights)));
    }

    /** The weighted sum of the costs of the objectives, in micro-units, rounded half-even once, at the end. */
    public static Costs costs(PlacementRequest request, Map<PlacementObjective, Double> weights) {
        WeightedCosts sum = new WeightedCosts(request);
        weights.forEach(sum::add);
        return sum;
    }

    /**
     * Total cost of a placement at a level, in micro-units: assignments, clusters that it opens, and distance times traffic of
     * each link.
     *
     * @param level index into the costs of the request
     * @throws IllegalArgumentException when a service is not whole on one cluster of the request
     */
    public static long total(PlacementRequest request, Placement placement, int level) {
        Costs costs = request.costs().get(level);
        long sum = 0;
        Set<Integer> used = new HashSet<>();
        for (int s = 0; s < request.services().size(); s++) {
            int c = Columns.cluster(request, placement, s);
            sum += costs.assign(s, c) + (used.add(c) ? costs.open(c) : 0);
        }
        for (PlacementLink link : request.links()) {
            int from = Columns.cluster(request, placement, link.from());
            int to = Columns.cluster(request, placement, link.to());
            sum += (long) Math.rint(costs.distance(from, to) * link.traffic());
        }
        return sum;
    }
}
