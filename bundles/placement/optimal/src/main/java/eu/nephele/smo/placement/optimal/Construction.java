// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A first assignment: items by size, the largest first, each where it costs least. An item that fits nowhere goes where it does
 * least harm, for {@link Repair} to mend. Every item must be allowed somewhere.
 */
final class Construction {

    private final Model model;
    private final State state;
    private int stuck = State.NOWHERE;

    Construction(Model model) {
        this.model = model;
        this.state = new State(model);
        IntStream.range(0, model.items)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -size(item))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(this::place);
    }

    /** Complete; feasible when nothing is stuck. */
    State state() {
        return state;
    }

    /** The first item that found no place, {@link State#NOWHERE} if all did. */
    int stuck() {
        return stuck;
    }

    /** The largest share of what all clusters offer of a resource. */
    private double size(int item) {
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

    private void place(int item) {
        int best = State.NOWHERE;
        long[] bestCost = {};
        for (int cluster = 0; cluster < model.clusters; cluster++) {
            if (state.admits(item, cluster)) {
                long[] cost = new long[model.levels];
                state.addTo(cost, item, cluster);
                if (best == State.NOWHERE || Arrays.compare(cost, bestCost) < 0) {
                    best = cluster;
                    bestCost = cost;
                }
            }
        }
        if (best == State.NOWHERE) {
            best = leastHarm(item);
            stuck = stuck == State.NOWHERE ? item : stuck;
        }
        state.put(item, best);
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
        double excess = state.quarrels(item, cluster);
        for (int r = 0; r < model.demand[item].length; r++) {
            long free = model.free[cluster][r];
            double over = (double) state.used[cluster][r] + model.demand[item][r] - free;
            excess += Math.max(0, over) / Math.max(1, free);
        }
        return excess;
    }
}
