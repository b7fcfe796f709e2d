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
final class BacktrackingSearch {

    private static final long MOST_STEPS = 5_000;

    private final PlacementItems items;
    private final PartialPlacement partialPlacement;
    private final WorkBudget workBudget;
    private long steps;

    BacktrackingSearch(PlacementItems items, WorkBudget workBudget) {
        this.items = items;
        this.partialPlacement = new PartialPlacement(items);
        this.workBudget = workBudget;
    }

    /** @return a complete packing; empty if none exists or the search gave up */
    Optional<PartialPlacement> run() {
        return descend(0) ? Optional.of(partialPlacement) : Optional.empty();
    }

    private boolean descend(int depth) {
        if (depth == items.count()) {
            return true;
        }
        if (steps++ >= MOST_STEPS || !workBudget.spend()) {
            return false;
        }
        int next = PartialPlacement.NONE;
        List<Integer> fewest = List.of();
        for (int item = 0; item < items.count(); item++) {
            if (partialPlacement.clusterOf(item) == PartialPlacement.NONE) {
                List<Integer> columns = admitting(item);
                if (next == PartialPlacement.NONE || columns.size() < fewest.size()) {
                    next = item;
                    fewest = columns;
                }
            }
        }
        return tryAll(next, fewest, depth);
    }

    private boolean tryAll(int item, List<Integer> columns, int depth) {
        List<Integer> byCost = new ArrayList<>(columns);
        byCost.sort(Comparator.comparingLong((Integer column) -> partialPlacement.increment(item, column))
                .thenComparing(Comparator.naturalOrder()));
        for (int column : byCost) {
            partialPlacement.put(item, column);
            if (descend(depth + 1)) {
                return true;
            }
            partialPlacement.take(item);
        }
        return false;
    }

    private List<Integer> admitting(int item) {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < items.clusters(); column++) {
            if (partialPlacement.admits(item, column)) {
                columns.add(column);
            }
        }
        return columns;
    }
}
