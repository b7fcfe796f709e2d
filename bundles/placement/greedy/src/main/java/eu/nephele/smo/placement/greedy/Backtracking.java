// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.DecisionContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Searches for any placement, cheap clusters first, the item with the fewest clusters left next. Complete on small problems;
 * gives up after a fixed number of steps or when the context says stop.
 */
final class Backtracking {

    private static final long MOST_STEPS = 5_000;

    private final Items items;
    private final Packing packing;
    private final DecisionContext context;
    private final long budget;
    private long steps;
    private boolean ended;

    Backtracking(Items items, DecisionContext context) {
        this.items = items;
        this.packing = new Packing(items);
        this.context = context;
        this.budget = Math.min(MOST_STEPS, context.workBudget().orElse(MOST_STEPS));
    }

    /** @return a complete packing; empty when there is none or the search gave up */
    Optional<Packing> run() {
        return descend(0) ? Optional.of(packing) : Optional.empty();
    }

    long steps() {
        return steps;
    }

    private boolean descend(int depth) {
        if (depth == items.count()) {
            return true;
        }
        if (ended || steps >= budget || context.shouldStop()) {
            ended = true;
            return false;
        }
        steps++;
        int next = Packing.NONE;
        List<Integer> fewest = List.of();
        for (int item = 0; item < items.count(); item++) {
            if (packing.clusterOf(item) == Packing.NONE) {
                List<Integer> columns = admitting(item);
                if (next == Packing.NONE || columns.size() < fewest.size()) {
                    next = item;
                    fewest = columns;
                }
            }
        }
        return tryAll(next, fewest, depth);
    }

    private boolean tryAll(int item, List<Integer> columns, int depth) {
        List<Integer> byCost = new ArrayList<>(columns);
        byCost.sort(Comparator.comparingLong((Integer column) -> packing.increment(item, column))
                .thenComparing(Comparator.naturalOrder()));
        for (int column : byCost) {
            packing.put(item, column);
            if (descend(depth + 1)) {
                return true;
            }
            packing.take(item);
        }
        return false;
    }

    private List<Integer> admitting(int item) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < items.clusters(); column++) {
            if (packing.admits(item, column)) {
                columns.add(column);
            }
        }
        return columns;
    }
}
