// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.stream.IntStream;

/**
 * How far the cost of one objective can differ between two placements of a problem, at most. The range over the feasible
 * placements would have to be searched; this bound is read from the table:
 *
 * <ul>
 *   <li>for each service the largest minus the smallest cost of the clusters that its intents allow, added up;
 *   <li>the largest opening costs of clusters that any service may use, as many as clusters can be used: one per service, of a
 *       service that may be split one per replica;
 *   <li>the largest distance between such clusters times the traffic of all links.
 * </ul>
 *
 * Capacities, groups and latency limits are not looked at.
 */
final class AttainableRange {

    private final PlacementRequest request;
    private final Priced costs;
    private final int[] usable;

    private AttainableRange(PlacementRequest request, Priced costs) {
        this.request = request;
        this.costs = costs;
        this.usable = IntStream.range(0, request.clusters().size())
                .filter(c -> IntStream.range(0, request.services().size()).anyMatch(s -> request.allowed(s, c)))
                .toArray();
    }

    /** In the unit of the objective, 0 or more. */
    static double compute(PlacementRequest request, Priced costs) {
        AttainableRange range = new AttainableRange(request, costs);
        return range.ofServices() + range.ofOpening() + range.ofTraffic();
    }

    private double ofServices() {
        double sum = 0;
        for (int s = 0; s < request.services().size(); s++) {
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int c : usable) {
                if (request.allowed(s, c)) {
                    least = Math.min(least, costs.assign(s, c));
                    most = Math.max(most, costs.assign(s, c));
                }
            }
            sum += Math.max(0, most - least);
        }
        return sum;
    }

    private double ofOpening() {
        double[] opening =
                IntStream.of(usable).mapToDouble(costs::open).sorted().toArray();
        long places =
                request.services().stream().mapToLong(AttainableRange::places).sum();
        double sum = 0;
        for (int i = opening.length - 1; i >= 0 && opening.length - i <= places; i--) {
            sum += opening[i];
        }
        return sum;
    }

    private static long places(PlacementService service) {
        return service.isDivided() ? Math.max(1, service.replicas()) : 1;
    }

    private double ofTraffic() {
        double traffic =
                request.links().stream().mapToDouble(PlacementLink::traffic).sum();
        double farthest = 0;
        for (int from : usable) {
            for (int i = 0; i < usable.length && traffic > 0; i++) {
                farthest = Math.max(farthest, costs.distance(from, usable[i]));
            }
        }
        return farthest * traffic;
    }
}
