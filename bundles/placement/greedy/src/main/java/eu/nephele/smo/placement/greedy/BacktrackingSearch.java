// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Searches for any placement, cheap clusters first, the item with the fewest clusters left next. Complete on small problems;
 * gives up after a fixed number of steps or when the effort ends.
 */
final class Backtracking {

    private static final long MOST_STEPS = 5_000;

    private final Items items;
    private final Packing packing;
    private final Effort effort;
    private long steps;

    Backtracking(Items items, Effort effort) {
        this.items = items;
        this.packing = new Packing(items);
        this.effort = effort;
    }

    /** @return a complete packing; empty when there is none or the search gave up */
    Optional<Packing> run() {
        return descend(0) ? Optional.of(packing) : Optional.empty();
    }

    private boolean descend(int depth) {
        if (depth == items.count()) {
            return true;
        }
        if (steps++ >= MOST_STEPS || !effort.spend()) {
            return false;
        }
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
