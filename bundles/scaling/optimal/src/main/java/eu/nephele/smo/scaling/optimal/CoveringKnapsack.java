// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A bounded covering knapsack: give units back so that at least an amount becomes free, at the least price.
 *
 * <p>Items of the same size and price are one kind. Greedy by price per size gives a lower bound and a first answer. In a better
 * answer no kind differs from the greedy one by more units than the gap pays for, and in one of the best answers by no more than
 * twice the largest size (in units of the greatest common divisor) plus one: Eisenbrand and Weismantel, "Proximity results and
 * faster algorithms for integer programming using the Steinitz lemma", 2018. The rest is small; {@link CoverTable} solves it.
 */
final class CoveringKnapsack {

    private static final double ROUNDING = 1e-12;
    private static final int NARROWING = 4;

    private record ReplicaKind(long size, double price, List<Integer> items, int room) {

        double ratio() {
            return price / size;
        }
    }

    private final List<ReplicaKind> kinds;
    private final int[] room;
    private final long unit;
    private final long proximity;

    /**
     * @param units units to give back per item
     * @param gap upper bound of the saving by another cover, 0 if proven
     */
    record Cover(List<Integer> units, double gap, boolean proven) {}

    /**
     * @param size amount that one unit of each item frees, more than 0
     * @param room how many units each item has
     * @param price of one unit of each item, 0 or more
     */
    CoveringKnapsack(long[] size, int[] room, double[] price) {
        this.room = room;
        this.kinds = kindsOf(size, room, price);
        this.unit = kinds.stream().mapToLong(ReplicaKind::size).reduce(0, CoveringKnapsack::greatestCommonDivisor);
        long largest = kinds.stream().mapToLong(ReplicaKind::size).max().orElse(unit) / unit;
        // one more, because the greedy answer rounds the last kind up
        this.proximity = Math.min(Integer.MAX_VALUE, 2 * largest + 2);
    }

    /**
     * @param amount to become free, more than 0, at most that of all rooms together
     * @param stop whether to stop with the best cover found so far
     */
    Cover atLeast(long amount, BooleanSupplier stop) {
        long need = (amount + unit - 1) / unit * unit;
        int[] units = new int[kinds.size()];
        int at = 0;
        long rest = need;
        while (rest > amountOf(at)) {
            units[at] = kinds.get(at).room();
            rest -= amountOf(at++);
        }
        ReplicaKind last = kinds.get(at);
        double bound = priceOf(units) + last.ratio() * rest;
        units[at] = (int) ((rest + last.size() - 1) / last.size());
        double gap = priceOf(units) - bound;
        if (gap <= tolerance(bound)) {
            return cover(units, 0, true);
        }
        return stop.getAsBoolean() ? cover(units, gap, false) : best(units, at, need, bound);
    }

    /** Narrows the difference to the greedy answer until it fits the table; without narrowing the answer is proven. */
    private Cover best(int[] greedy, int breakAt, long need, double bound) {
        double gap = priceOf(greedy) - bound;
        for (long limit = proximity; limit > 0; limit /= NARROWING) {
            int[] fewest = new int[greedy.length];
            int[] more = new int[greedy.length];
            for (int at = 0; at < greedy.length; at++) {
                long differing = Math.min(limit, affordable(kinds.get(at), kinds.get(breakAt), gap + tolerance(bound)));
                fewest[at] = (int) Math.max(0, greedy[at] - differing);
                more[at] = (int) Math.min(kinds.get(at).room(), greedy[at] + differing) - fewest[at];
            }
            CoverTable table = new CoverTable(sizes(), more, prices(), need - amountOf(fewest));
            if (table.isSmallEnough()) {
                boolean found = table.solve();
                int[] units = found ? table.unitsBeyond(fewest) : greedy;
                double left = Math.max(0, priceOf(units) - bound);
                boolean proven = left <= tolerance(bound) || (found && table.isExact() && limit == proximity);
                return left <= gap + tolerance(bound) ? cover(units, left, proven) : cover(greedy, gap, false);
            }
        }
        return cover(greedy, gap, false);
    }

    /** Returns the units of a kind that can differ from the greedy answer before that alone costs more than the gap. */
    private static long affordable(ReplicaKind kind, ReplicaKind last, double gap) {
        double loss = Math.abs(kind.price() - last.ratio() * kind.size());
        return loss * Integer.MAX_VALUE <= gap ? Integer.MAX_VALUE : (long) (gap / loss);
    }

    private Cover cover(int[] units, double gap, boolean proven) {
        List<Integer> perItem = new ArrayList<>(Collections.nCopies(room.length, 0));
        for (int at = 0; at < units.length; at++) {
            int left = units[at];
            for (int item : kinds.get(at).items()) {
                int given = Math.min(left, room[item]);
                perItem.set(item, given);
                left -= given;
            }
        }
        return new Cover(perItem, proven ? 0 : gap, proven);
    }

    private double priceOf(int[] units) {
        double price = 0;
        for (int at = 0; at < units.length; at++) {
            price += kinds.get(at).price() * units[at];
        }
        return price;
    }

    private long amountOf(int[] units) {
        long amount = 0;
        for (int at = 0; at < units.length; at++) {
            amount += kinds.get(at).size() * units[at];
        }
        return amount;
    }

    private long amountOf(int at) {
        return kinds.get(at).size() * kinds.get(at).room();
    }

    private long[] sizes() {
        return kinds.stream().mapToLong(ReplicaKind::size).toArray();
    }

    private double[] prices() {
        return kinds.stream().mapToDouble(ReplicaKind::price).toArray();
    }

    /** In greedy order. */
    private static List<ReplicaKind> kindsOf(long[] size, int[] room, double[] price) {
        Map<Long, Map<Double, List<Integer>>> items = new TreeMap<>();
        for (int item = 0; item < size.length; item++) {
            items.computeIfAbsent(size[item], s -> new TreeMap<>())
                    .computeIfAbsent(price[item], p -> new ArrayList<>())
                    .add(item);
        }
        List<ReplicaKind> kinds = new ArrayList<>();
        items.forEach((s, byPrice) -> byPrice.forEach((p, of) -> kinds.add(new ReplicaKind(
                s, p, of, of.stream().mapToInt(item -> room[item]).reduce(0, Math::addExact)))));
        kinds.sort(Comparator.comparingDouble(ReplicaKind::ratio).thenComparingLong(ReplicaKind::size));
        return kinds;
    }

    private static double tolerance(double bound) {
        return ROUNDING * (1 + Math.abs(bound));
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
