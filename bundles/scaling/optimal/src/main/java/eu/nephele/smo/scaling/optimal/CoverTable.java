// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Solves a small covering knapsack by dynamic programming over the covered amount. */
final class CoverTable {

    /** Work limit, some tens of milliseconds; a count and not a time, so that the answer is always the same. */
    private static final long MAX_CELLS = 1L << 24;

    private static final long MAX_WIDTH = 1L << 17;

    /** Units of one kind that are used together or not at all; parcels of 1, 2, 4 … make every number. */
    private record Parcel(int kind, int units) {}

    private final long[] size;
    private final double[] price;
    private final long unit;
    private final boolean exact;
    private final int width;
    private final List<Parcel> parcels = new ArrayList<>();
    private final List<boolean[]> taken = new ArrayList<>();

    /**
     * @param size amount of one unit, per kind
     * @param room units, per kind
     */
    CoverTable(long[] size, int[] room, double[] price, long need) {
        this.size = size;
        this.price = price;
        long divisor = 0;
        for (int kind = 0; kind < size.length; kind++) {
            split(kind, room[kind]);
            divisor = room[kind] > 0 ? greatestCommonDivisor(divisor, size[kind]) : divisor;
        }
        this.unit = Math.max(Math.max(1, divisor), ceilDivide(need, MAX_WIDTH));
        this.exact = unit == divisor;
        this.width = (int) Math.max(0, ceilDivide(need, unit));
    }

    /**
     * Returns whether the sizes are whole multiples of the unit of the table; else the answer covers, but may not be the
     * cheapest.
     */
    boolean isExact() {
        return exact;
    }

    boolean isSmallEnough() {
        return (long) parcels.size() * (width + 1) <= MAX_CELLS;
    }

    /** @return whether the need can be covered, sizes rounded down to units of the table */
    boolean solve() {
        double[] cheapest = new double[width + 1];
        Arrays.fill(cheapest, 1, width + 1, Double.POSITIVE_INFINITY);
        parcels.forEach(parcel -> taken.add(add(parcel, cheapest)));
        return cheapest[width] < Double.POSITIVE_INFINITY;
    }

    /** Returns the units of the cheapest cover, added to those given. */
    int[] unitsBeyond(int[] units) {
        int[] sum = units.clone();
        int left = width;
        for (int at = parcels.size() - 1; at >= 0 && left > 0; at--) {
            Parcel parcel = parcels.get(at);
            if (taken.get(at)[left]) {
                sum[parcel.kind()] += parcel.units();
                left = (int) Math.max(0, left - covered(parcel));
            }
        }
        return sum;
    }

    /** Returns per amount whether the parcel is part of the cheapest cover so far. */
    private boolean[] add(Parcel parcel, double[] cheapest) {
        boolean[] takes = new boolean[width + 1];
        double parcelPrice = price[parcel.kind()] * parcel.units();
        long covered = covered(parcel);
        for (int amount = width; amount > 0; amount--) {
            double with = cheapest[(int) Math.max(0, amount - covered)] + parcelPrice;
            if (with < cheapest[amount]) {
                cheapest[amount] = with;
                takes[amount] = true;
            }
        }
        return takes;
    }

    private long covered(Parcel parcel) {
        return size[parcel.kind()] / unit * parcel.units();
    }

    private void split(int kind, int room) {
        int left = room;
        for (int units = 1; left > 0; units *= 2) {
            int parcel = Math.min(units, left);
            parcels.add(new Parcel(kind, parcel));
            left -= parcel;
        }
    }

    private static long ceilDivide(long amount, long by) {
        return (amount + by - 1) / by;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
