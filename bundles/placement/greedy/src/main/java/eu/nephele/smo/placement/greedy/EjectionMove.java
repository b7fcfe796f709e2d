// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import java.util.Optional;

/** Makes room for an item that fits nowhere: one other item leaves its cluster for another one, at the least cost together. */
final class EjectionMove {

    private final PlacementItems items;
    private final PartialPlacement partialPlacement;

    EjectionMove(PlacementItems items, PartialPlacement partialPlacement) {
        this.items = items;
        this.partialPlacement = partialPlacement;
    }

    private record EjectionStep(int leaver, int to, int column, long cost) {}

    boolean makeRoom(int item) {
        Optional<EjectionStep> best = Optional.empty();
        for (int leaver = 0; leaver < items.count(); leaver++) {
            int column = partialPlacement.clusterOf(leaver);
            if (column != PartialPlacement.NONE && leaver != item) {
                long before = removed(leaver);
                if (partialPlacement.admits(item, column)) {
                    best = cheaper(best, place(item, leaver, column, before));
                }
                partialPlacement.put(leaver, column);
            }
        }
        best.ifPresent(step -> {
            partialPlacement.take(step.leaver());
            partialPlacement.put(item, step.column());
            partialPlacement.put(step.leaver(), step.to());
        });
        return best.isPresent();
    }

    private long removed(int leaver) {
        int column = partialPlacement.clusterOf(leaver);
        partialPlacement.take(leaver);
        return partialPlacement.increment(leaver, column);
    }

    /** Finds the best move with the ejected item removed and the item in its place; leaves both unplaced. */
    private Optional<EjectionStep> place(int item, int leaver, int column, long before) {
        long cost = partialPlacement.increment(item, column) - before;
        partialPlacement.put(item, column);
        Optional<EjectionStep> best = Optional.empty();
        for (int to = 0; to < items.clusters(); to++) {
            if (to != column && partialPlacement.admits(leaver, to)) {
                best = cheaper(
                        best,
                        Optional.of(
                                new EjectionStep(leaver, to, column, cost + partialPlacement.increment(leaver, to))));
            }
        }
        partialPlacement.take(item);
        return best;
    }

    private static Optional<EjectionStep> cheaper(Optional<EjectionStep> one, Optional<EjectionStep> other) {
        boolean second = one.isEmpty()
                || (other.isPresent() && other.get().cost() < one.get().cost());
        return second ? other : one;
    }
}
