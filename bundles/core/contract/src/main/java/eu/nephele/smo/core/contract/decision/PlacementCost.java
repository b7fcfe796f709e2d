// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;

/** Cost of a whole placement by one objective, in its own unit; a split service counts by the shares of its replicas. */
public final class PlacementCost {

    private final PlacementRequest request;
    private final List<Map<Integer, Double>> parts = new ArrayList<>();

    /** @param placement every service of the problem on clusters of the problem */
    public PlacementCost(PlacementRequest request, Placement placement) {
        this.request = request;
        request.services().forEach(service -> parts.add(parts(placement.of(service.id()))));
    }

    /** Cluster index to the part of the service that is there. */
    private Map<Integer, Double> parts(List<Share> shares) {
        Map<Integer, Double> parts = new TreeMap<>();
        int replicas = shares.stream().mapToInt(Share::replicas).sum();
        for (Share share : shares) {
            double part = replicas == 0 ? 1.0 / shares.size() : (double) share.replicas() / replicas;
            parts.merge(request.column(share.cluster()).orElse(0), part, Double::sum);
        }
        return parts;
    }

    /** The sum over services, clusters that are opened, and links. */
    public double compute(Priced objective) {
        return sum(objective::assign, objective::open, objective::distance);
    }

    /** The same of all objectives of one level, in micro-units. */
    public double micros(Costs level) {
        return sum(level::assign, level::open, level::distance);
    }

    private double sum(PairCost assign, IntToDoubleFunction open, PairCost distance) {
        double value = 0;
        Set<Integer> used = new TreeSet<>();
        for (int s = 0; s < parts.size(); s++) {
            for (Map.Entry<Integer, Double> part : parts.get(s).entrySet()) {
                value += part.getValue() * assign.of(s, part.getKey());
            }
            used.addAll(parts.get(s).keySet());
        }
        for (int c : used) {
            value += open.applyAsDouble(c);
        }
        return value + ofLinks(distance);
    }

    private double ofLinks(PairCost distance) {
        double value = 0;
        for (PlacementLink link : request.links()) {
            for (Map.Entry<Integer, Double> from : parts.get(link.from()).entrySet()) {
                for (Map.Entry<Integer, Double> to : parts.get(link.to()).entrySet()) {
                    value += link.traffic() * from.getValue() * to.getValue() * distance.of(from.getKey(), to.getKey());
                }
            }
        }
        return value;
    }

    /** Cost of a service on a cluster, or between two clusters. */
    @FunctionalInterface
    private interface PairCost {

        double of(int one, int other);
    }
}
