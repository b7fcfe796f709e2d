// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import java.util.Comparator;
import java.util.List;

/** What another placement of a graph than the present one is worth. */
final class PlacementGain {

    /** A part of the present cost. Smaller gains are within what signals and forecasts know of the next hours. */
    private static final double LEAST = 0.01;

    private final PlacementRequest request;
    private final Placement present;

    /** @param request with costs, among them that of moves, and with the clusters of the present placement */
    PlacementGain(PlacementRequest request, Placement present) {
        this.request = request;
        this.present = present;
    }

    /** Whether the first level in which they differ costs less by more than a hundredth. */
    boolean isWorth(Placement next) {
        PlacementCost before = new PlacementCost(request, present);
        PlacementCost after = new PlacementCost(request, next);
        for (Costs level : request.costs()) {
            double cost = before.micros(level);
            double gain = cost - after.micros(level);
            if (Math.abs(gain) >= 1) {
                return gain > LEAST * cost;
            }
        }
        return false;
    }

    /** Services that the other placement moves, those first whose own cost falls most. */
    List<String> moved(Placement next) {
        return request.services().stream()
                .map(service -> service.id())
                .filter(service -> !present.clustersOf(service).equals(next.clustersOf(service)))
                .sorted(Comparator.comparingDouble((String service) -> own(service, next) - own(service, present))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private double own(String service, Placement placement) {
        int row = request.services().stream().map(each -> each.id()).toList().indexOf(service);
        return placement.clustersOf(service).stream()
                .mapToDouble(cluster -> request.costs().isEmpty() ? 0 : assign(row, cluster))
                .average()
                .orElse(0);
    }

    private double assign(int row, ClusterId cluster) {
        int column = request.clusters().stream().map(each -> each.id()).toList().indexOf(cluster);
        return column < 0 ? 0 : request.costs().get(0).assign(row, column);
    }
}
