// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import java.util.Optional;

/** Makes room for an item that fits nowhere: one other item leaves its cluster for another one, at the least cost together. */
final class Ejection {

    private final Items items;
    private final Packing packing;

    Ejection(Items items, Packing packing) {
        this.items = items;
        this.packing = packing;
    }

    private record Step(int leaver, int to, int column, long cost) {}

    /** @return whether the item is placed now */
    boolean makeRoom(int item) {
        Optional<Step> best = Optional.empty();
        for (int leaver = 0; leaver < items.count(); leaver++) {
            int column = packing.clusterOf(leaver);
            if (column != Packing.NONE && leaver != item) {
                long before = removed(leaver);
                if (packing.admits(item, column)) {
                    best = cheaper(best, place(item, leaver, column, before));
                }
                packing.put(leaver, column);
            }
        }
        best.ifPresent(step -> {
            packing.take(step.leaver());
            packing.put(item, step.column());
            packing.put(step.leaver(), step.to());
        });
        return best.isPresent();
    }

    private long removed(int leaver) {
        int column = packing.clusterOf(leaver);
        packing.take(leaver);
        return packing.increment(leaver, column);
    }

    /** The best way with the leaver taken out and the item in its place; leaves both out. */
    private Optional<Step> place(int item, int leaver, int column, long before) {
        long cost = packing.increment(item, column) - before;
        packing.put(item, column);
        Optional<Step> best = Optional.empty();
        for (int to = 0; to < items.clusters(); to++) {
            if (to != column && packing.admits(leaver, to)) {
                best = cheaper(best, Optional.of(new Step(leaver, to, column, cost + packing.increment(leaver, to))));
            }
        }
        packing.take(item);
        return best;
    }

    private static Optional<Step> cheaper(Optional<Step> one, Optional<Step> other) {
        boolean second = one.isEmpty()
                || (other.isPresent() && other.get().cost() < one.get().cost());
        return second ? other : one;
    }
}
