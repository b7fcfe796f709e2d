// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A bounded covering knapsack: give units back so that at least an amount becomes free, at the least price. Greedy by price per
 * amount gives a lower bound and all but a few answers; those around the break of the greedy order are found by {@link CoverTable}.
 * When no unit outside that window can be part of a better answer, the answer is proven to be the cheapest.
 */
final class Covering {

    private static final int FIRST_HALF_WINDOW = 12;
    private static final double ROUNDING = 1e-12;

    private final long[] size;
    private final int[] room;
    private final double[] price;
    private final Integer[] order;

    /**
     * @param units what to give back per item
     * @param gap price beyond the lower bound, 0 when proven
     * @param proven whether nothing is cheaper
     */
    record Cover(List<Integer> units, double gap, boolean proven) {}

    /**
     * @param size amount that one unit of each item frees, more than 0
     * @param room how many units each item has
     * @param price of one unit of each item, 0 or more
     */
    Covering(long[] size, int[] room, double[] price) {
        this.size = size;
        this.room = room;
        this.price = price;
        this.order = IntStream.range(0, size.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> price[item] / size[item])
                        .thenComparingInt(item -> item))
                .toArray(Integer[]::new);
    }

    /**
     * @param amount to become free, more than 0, at most that of all rooms together
     * @param stop whether to be content with what is found so far
     */
    Cover atLeast(long amount, BooleanSupplier stop) {
        int[] units = new int[size.length];
        long rest = amount;
        double spent = 0;
        int at = 0;
        while (rest > size[order[at]] * room[order[at]]) {
            int item = order[at++];
            units[item] = room[item];
            rest -= size[item] * room[item];
            spent += price[item] * room[item];
        }
        int item = order[at];
        double ratio = price[item] / size[item];
        double bound = spent + ratio * rest;
        units[item] = (int) ((rest + size[item] - 1) / size[item]);
        double total = spent + price[item] * units[item];
        Cover greedy = cover(units, total - bound, total - bound <= tolerance(bound));
        return greedy.proven() ? greedy : improved(greedy, at, amount, bound, stop);
    }

    private Cover improved(Cover greedy, int breakAt, long amount, double bound, BooleanSupplier stop) {
        Cover best = greedy;
        for (int half = FIRST_HALF_WINDOW; !best.proven() && !stop.getAsBoolean(); half *= 2) {
            int from = Math.max(0, breakAt - half);
            int to = Math.min(order.length, breakAt + half + 1);
            CoverTable table = tableOf(from, to, amount);
            if (!table.isSmallEnough() || !table.solve()) {
                return best;
            }
            best = cheaper(best, merged(table, from, to, breakAt, bound));
            if (from == 0 && to == order.length) {
                return best;
            }
        }
        return best;
    }

    private CoverTable tableOf(int from, int to, long amount) {
        int[] window = IntStream.range(from, to).map(at -> order[at]).toArray();
        long need = amount;
        for (int at = 0; at < from; at++) {
            need -= size[order[at]] * room[order[at]];
        }
        return new CoverTable(window, size, room, price, need);
    }

    private Cover merged(CoverTable table, int from, int to, int breakAt, double bound) {
        int[] units = new int[size.length];
        for (int at = 0; at < from; at++) {
            units[order[at]] = room[order[at]];
        }
        table.writeTo(units);
        double gap = Math.max(0, priceOf(units) - bound);
        boolean proven = gap <= tolerance(bound)
                || (table.isExact() && gap <= leastPriceOfLeaving(from, to, breakAt) + tolerance(bound));
        return cover(units, gap, proven);
    }

    /** Any unit moved outside the window costs at least this more than the bound. */
    private double leastPriceOfLeaving(int from, int to, int breakAt) {
        double ratio = price[order[breakAt]] / size[order[breakAt]];
        return IntStream.range(0, order.length)
                .filter(at -> at < from || at >= to)
                .map(at -> order[at])
                .mapToDouble(item -> Math.abs(price[item] - ratio * size[item]))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Cover cover(int[] units, double gap, boolean proven) {
        return new Cover(Arrays.stream(units).boxed().toList(), gap, proven);
    }

    private double priceOf(int[] units) {
        return IntStream.range(0, units.length)
                .mapToDouble(item -> price[item] * units[item])
                .sum();
    }

    private static Cover cheaper(Cover best, Cover found) {
        return found.proven() || found.gap() < best.gap() ? found : best;
    }

    private static double tolerance(double bound) {
        return ROUNDING * (1 + Math.abs(bound));
    }
}
