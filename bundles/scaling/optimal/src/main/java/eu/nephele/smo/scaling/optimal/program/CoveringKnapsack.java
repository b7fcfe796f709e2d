// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A bounded covering knapsack: give units back so that at least an amount becomes free, at the least price.
 *
 * <p>Items of the same size and price are one kind. The kinds in the order of price per size, as many as needed, are the optimum but for
 * the last one: the break solution. From there {@link CoverStates} looks at ever more kinds on both sides of the break, until no
 * combination of them can be better than the best cover found: Pisinger, "A minimal algorithm for the bounded knapsack problem", 2000.
 */
public final class CoveringKnapsack {

    private static final double ROUNDING = 1e-12;

    /** Kinds in greedy order; sizes and prices are those of one unit. */
    private final List<ReplicaKind> kinds;

    private final int[] room;

    record ReplicaKind(long size, double price, int room, List<Integer> items) {

        double ratio() {
            return price / size;
        }
    }

    /**
     * @param units units to give back per item
     * @param gap upper bound of the saving by another cover, 0 if proven
     */
    public record Cover(List<Integer> units, double gap, boolean proven) {}

    /**
     * @param size amount that one unit of each item frees, more than 0
     * @param room how many units each item has
     * @param price of one unit of each item, 0 or more
     */
    public CoveringKnapsack(long[] size, int[] room, double[] price) {
        this.room = room.clone();
        this.kinds = kindsOf(size, room, price);
    }

    /**
     * @param amount to become free, more than 0; where that is more than all rooms together, they are the cover
     * @param effort at the end of which the best cover found so far is the answer
     */
    public Cover atLeast(long amount, SearchEffort effort) {
        int[] units = new int[kinds.size()];
        int at = 0;
        long rest = amount;
        while (at < units.length && rest > amountOf(at)) {
            units[at] = kinds.get(at).room();
            rest -= amountOf(at++);
        }
        if (at == units.length) {
            return cover(units, 0);
        }
        units[at] = (int) (rest / kinds.get(at).size());
        rest -= units[at] * kinds.get(at).size();
        if (rest == 0) {
            return cover(units, 0);
        }
        double price = IntStream.range(0, units.length)
                .mapToDouble(kind -> units[kind] * kinds.get(kind).price())
                .sum();
        effort.spend(kinds.size());
        CoverStates states = new CoverStates(kinds, units, at, rest, ROUNDING * (1 + price));
        while (states.areOpen() && !effort.isOver()) {
            effort.spend(states.widen());
        }
        return cover(states.best(), states.gap());
    }

    private Cover cover(int[] units, double gap) {
        List<Integer> perItem = new ArrayList<>(Collections.nCopies(room.length, 0));
        for (int at = 0; at < units.length; at++) {
            int left = units[at];
            for (int item : kinds.get(at).items()) {
                int given = Math.min(left, room[item]);
                perItem.set(item, given);
                left -= given;
            }
        }
        return new Cover(perItem, gap, gap == 0);
    }

    private long amountOf(int at) {
        return kinds.get(at).size() * kinds.get(at).room();
    }

    private static List<ReplicaKind> kindsOf(long[] size, int[] room, double[] price) {
        List<Integer> sorted = IntStream.range(0, size.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> price[item] / size[item])
                        .thenComparingLong(item -> size[item])
                        .thenComparingDouble(item -> price[item]))
                .toList();
        List<ReplicaKind> kinds = new ArrayList<>();
        for (int from = 0; from < sorted.size(); ) {
            int first = sorted.get(from);
            int to = from + 1;
            while (to < sorted.size() && size[sorted.get(to)] == size[first] && price[sorted.get(to)] == price[first]) {
                to++;
            }
            List<Integer> items = sorted.subList(from, to);
            int all = Math.toIntExact(
                    Arrays.stream(items.stream().mapToInt(item -> room[item]).toArray())
                            .asLongStream()
                            .sum());
            kinds.add(new ReplicaKind(size[first], price[first], all, items));
            from = to;
        }
        return kinds;
    }
}
