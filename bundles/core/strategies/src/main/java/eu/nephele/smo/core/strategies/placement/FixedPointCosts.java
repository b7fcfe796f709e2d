// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.Costs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The weighted sum of some objectives in millionths, rounded once per cell, half to even. */
final class FixedPointCosts implements Costs {
    /** The cost of no placement is larger than this many cost units, so that sums stay within a long. */
    static final double MOST_UNITS = Long.MAX_VALUE / 4.0 / MICROS;

    private final int clusters;
    private final long[] assign;
    private final long[] open;
    private final long[] distance;

    private FixedPointCosts(int services, int clusters, List<PricedObjective> objectives) {
        this.clusters = clusters;
        this.assign = new long[services * clusters];
        this.open = new long[clusters];
        this.distance = new long[clusters * clusters];
        for (int c = 0; c < clusters; c++) {
            int to = c;
            open[c] = micros(objectives, objective -> objective.open(to));
            for (int s = 0; s < services; s++) {
                int service = s;
                assign[s * clusters + c] = micros(objectives, objective -> objective.assign(service, to));
            }
            for (int from = 0; from < clusters; from++) {
                int start = from;
                distance[from * clusters + c] = micros(objectives, objective -> objective.distance(start, to));
            }
        }
    }

    /** One table per level that occurs, most important first; at least one. Objectives are added up in the given order. */
    static List<Costs> perLevel(int services, int clusters, List<PricedObjective> objectives) {
        Map<Integer, List<PricedObjective>> byLevel = objectives.stream()
                .collect(Collectors.groupingBy(
                        objective -> objective.weight().level(), TreeMap::new, Collectors.toList()));
        if (byLevel.isEmpty()) {
            return List.of(new FixedPointCosts(services, clusters, List.of()));
        }
        return byLevel.values().stream()
                .<Costs>map(ofLevel -> new FixedPointCosts(services, clusters, ofLevel))
                .toList();
    }

    private static long micros(List<PricedObjective> objectives, ToDoubleFunction<PricedObjective> cost) {
        double sum = 0;
        for (PricedObjective objective : objectives) {
            sum += objective.weight().weight() * cost.applyAsDouble(objective);
        }
        return (long) Math.rint(sum * MICROS);
    }

    @Override
    public long assign(int service, int cluster) {
        return assign[service * clusters + cluster];
    }

    @Override
    public long open(int cluster) {
        return open[cluster];
    }

    @Override
    public long distance(int from, int to) {
        return distance[from * clusters + to];
    }
}
