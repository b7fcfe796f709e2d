// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import java.util.OptionalDouble;

/** One objective's costs of one problem, in its own unit: nothing to open where something runs anyway, no distance to oneself. */
final class PricedObjective implements Priced {
    private final String objective;
    private final String unit;
    private final String version;
    private final ObjectiveWeight weight;
    private final PlacementRequest request;
    private final int clusters;
    private final double[] assign;
    private final double[] open;
    private final double[] distance;
    private final OptionalDouble range;

    PricedObjective(
            String objective,
            String unit,
            String version,
            ObjectiveWeight weight,
            PlacementRequest request,
            CostCells cells) {
        this.objective = objective;
        this.unit = unit;
        this.version = version;
        this.weight = weight;
        this.request = request;
        this.clusters = request.clusters().size();
        this.assign = cells.assign();
        this.open = cells.open();
        this.distance = cells.distance();
        for (int c = 0; c < clusters; c++) {
            if (distance.length > 0) {
                distance[c * clusters + c] = 0;
            }
            if (request.clusters().get(c).occupied()) {
                open[c] = 0;
            }
        }
        this.range = weight.normalised()
                ? OptionalDouble.of(AttainableRange.compute(request, this))
                : OptionalDouble.empty();
    }

    @Override
    public String objective() {
        return objective;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public ObjectiveWeight weight() {
        return weight;
    }

    @Override
    public OptionalDouble range() {
        return range;
    }

    @Override
    public double assign(int service, int cluster) {
        return assign[service * clusters + cluster];
    }

    @Override
    public double open(int cluster) {
        return open[cluster];
    }

    @Override
    public double distance(int from, int to) {
        return hasDistances() ? distance[from * clusters + to] : 0;
    }

    boolean hasDistances() {
        return distance.length > 0;
    }

    /** No placement of this problem has a larger weighted cost, and no cell is larger. */
    double weightedWorst() {
        double worst = 0;
        for (int s = 0; s < request.services().size(); s++) {
            worst += max(assign, s * clusters, clusters);
        }
        for (double cost : open) {
            worst += cost;
        }
        double farthest = max(distance, 0, distance.length);
        double traffic =
                request.links().stream().mapToDouble(PlacementLink::traffic).sum();
        return factor() * (worst + farthest * Math.max(1, traffic));
    }

    private static double max(double[] cells, int from, int count) {
        double max = 0;
        for (int i = from; i < from + count; i++) {
            max = Math.max(max, cells[i]);
        }
        return max;
    }

    /** Returns the contribution of this objective to a placement. */
    ObjectiveTerm term(Placement placement) {
        return ObjectiveTerm.of(this, new PlacementCost(request, placement).compute(this), version);
    }
}
