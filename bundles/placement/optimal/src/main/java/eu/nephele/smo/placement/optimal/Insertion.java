// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Inserts items at the least cost. One that fits nowhere goes where it violates least, for {@link Repair}. */
final class Insertion {

    private final PlacementModel model;
    private final Assignment assignment;
    private final int levels;

    Insertion(Assignment assignment) {
        this.model = assignment.model;
        this.assignment = assignment;
        this.levels = model.objective.levels;
    }

    /** Returns all items, the largest first, by their largest share of the total of a resource on all clusters. */
    static List<Integer> bySize(PlacementModel model) {
        return IntStream.range(0, model.items)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -size(model, item))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static double size(PlacementModel model, int item) {
        double size = 0;
        for (int r = 0; r < model.demand[item].length; r++) {
            double offered = 0;
            for (long[] free : model.free) {
                offered += free[r];
            }
            size = Math.max(size, model.demand[item][r] / Math.max(1, offered));
        }
        return size;
    }

    /**
     * @param items each allowed on at least one cluster
     * @return the first item that did not fit, {@link Assignment#NOWHERE} if all did
     */
    int insert(List<Integer> items) {
        int stuck = Assignment.NOWHERE;
        for (int item : items) {
            int cluster = cheapest(item);
            if (cluster == Assignment.NOWHERE) {
                stuck = stuck == Assignment.NOWHERE ? item : stuck;
                cluster = leastHarm(item);
            }
            assignment.put(item, cluster);
        }
        return stuck;
    }

    private int cheapest(int item) {
        int best = Assignment.NOWHERE;
        long[] bestCost = {};
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (assignment.admits(item, cluster)) {
                long[] cost = new long[levels];
                assignment.addTo(cost, item, cluster);
                if (best == Assignment.NOWHERE || Arrays.compare(cost, bestCost) < 0) {
                    best = cluster;
                    bestCost = cost;
                }
            }
        }
        return best;
    }

    private int leastHarm(int item) {
        return IntStream.range(0, model.clusters)
                .filter(cluster -> model.allowed[item][cluster])
                .boxed()
                .min(Comparator.comparingDouble((Integer cluster) -> excess(item, cluster))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalArgumentException("Item %d is allowed nowhere".formatted(item)));
    }

    private double excess(int item, int cluster) {
        double excess = assignment.quarrels(item, cluster);
        for (int r = 0; r < model.demand[item].length; r++) {
            long free = model.free[cluster][r];
            double over = (double) assignment.used[cluster][r] + model.demand[item][r] - free;
            excess += Math.max(0, over) / Math.max(1, free);
        }
        return excess;
    }
}
