// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.Costs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The weighted sum of some objectives in millionths, rounded once per cell, half to even. */
final class FixedPointCosts implements Costs {
    /** The cost of no placement is larger than this many cost units, so that sums stay within a long. */
    static final double MOST_UNITS = Long.MAX_VALUE / 4.0 / MICROS;

    private final int clusters;
    private final long[] assign;
    private final long[] open;
    /** Empty: all are 0. */
    private final long[] distance;

    private FixedPointCosts(int services, int clusters, List<PricedObjective> objectives) {
        this.clusters = clusters;
        this.assign = new long[services * clusters];
        this.open = new long[clusters];
        this.distance = new long[objectives.stream().anyMatch(PricedObjective::hasDistances) ? clusters * clusters : 0];
        PricedObjective[] all = objectives.toArray(PricedObjective[]::new);
        double[] weights =
                objectives.stream().mapToDouble(PricedObjective::factor).toArray();
        for (int c = 0; c < clusters; c++) {
            double sum = 0;
            for (int o = 0; o < all.length; o++) {
                sum += weights[o] * all[o].open(c);
            }
            open[c] = micros(sum);
        }
        for (int cell = 0; cell < assign.length; cell++) {
            double sum = 0;
            for (int o = 0; o < all.length; o++) {
                sum += weights[o] * all[o].assign(cell / clusters, cell % clusters);
            }
            assign[cell] = micros(sum);
        }
        for (int cell = 0; cell < distance.length; cell++) {
            double sum = 0;
            for (int o = 0; o < all.length; o++) {
                sum += weights[o] * all[o].distance(cell / clusters, cell % clusters);
            }
            distance[cell] = micros(sum);
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

    private static long micros(double units) {
        return (long) Math.rint(units * MICROS);
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
        return distance.length == 0 ? 0 : distance[from * clusters + to];
    }
}
