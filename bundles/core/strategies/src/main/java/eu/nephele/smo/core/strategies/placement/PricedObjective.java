// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** Returns the contribution of this objective to a placement; a split service counts by the shares of its replicas. */
    ObjectiveTerm term(Placement placement) {
        Map<ClusterId, Integer> columns = new HashMap<>();
        for (int c = 0; c < clusters; c++) {
            columns.put(request.clusters().get(c).id(), c);
        }
        double value = 0;
        Set<Integer> used = new TreeSet<>();
        List<Map<Integer, Double>> parts = new ArrayList<>();
        for (int s = 0; s < request.services().size(); s++) {
            Map<Integer, Double> ofService =
                    parts(placement.of(request.services().get(s).id()), columns);
            for (Map.Entry<Integer, Double> part : ofService.entrySet()) {
                value += part.getValue() * assign(s, part.getKey());
            }
            used.addAll(ofService.keySet());
            parts.add(ofService);
        }
        for (int c : used) {
            value += open[c];
        }
        return ObjectiveTerm.of(this, value + ofLinks(parts), version);
    }

    /** Cluster index to the part of the service that is there. */
    private static Map<Integer, Double> parts(List<Share> shares, Map<ClusterId, Integer> columns) {
        Map<Integer, Double> parts = new TreeMap<>();
        int replicas = shares.stream().mapToInt(Share::replicas).sum();
        for (Share share : shares) {
            double part = replicas == 0 ? 1.0 / shares.size() : (double) share.replicas() / replicas;
            parts.merge(columns.getOrDefault(share.cluster(), 0), part, Double::sum);
        }
        return parts;
    }

    private double ofLinks(List<Map<Integer, Double>> parts) {
        double value = 0;
        for (PlacementLink link : request.links()) {
            for (Map.Entry<Integer, Double> from : parts.get(link.from()).entrySet()) {
                for (Map.Entry<Integer, Double> to : parts.get(link.to()).entrySet()) {
                    value += link.traffic() * from.getValue() * to.getValue() * distance(from.getKey(), to.getKey());
                }
            }
        }
        return value;
    }
}
