// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Costs of assignments as plain numbers: a vector, compared lexicographically, of the cost levels of the request, then moved
 * services, then their CPU. Read only.
 */
public final class ObjectiveVector {

    /** Whole numbers below are exact. */
    static final double EXACT = 0x1p52;

    /** Of a problem in which nothing costs anything; no search uses it. */
    static final ObjectiveVector NONE = new ObjectiveVector(0, new long[0][], new long[0][], new long[0][]);

    final int levels;

    /** Cost levels of the request, the first part of the vector. Only they have a price of traffic. */
    final int costLevels;

    /** By level, then by item and cluster: costs that depend on nothing else. */
    final long[][] unary;

    /** By level and cluster: cost of the first item there. */
    final long[][] open;

    /** By level, then by the clusters from and to: cost of a unit of traffic. */
    final long[][] distance;

    /** Each cost of a level, however it is assigned, is a multiple of this; by level. */
    private final long[] granularity;

    /** By level: whether assignments may differ in it. */
    private final boolean[] differs;

    /** The level that a search minimises: the first in which assignments differ, or the last. */
    final int searchLevel;

    ObjectiveVector(int costLevels, long[][] unary, long[][] open, long[][] distance) {
        this.levels = unary.length;
        this.costLevels = costLevels;
        this.unary = unary;
        this.open = open;
        this.distance = distance;
        this.granularity = new long[levels];
        Arrays.setAll(granularity, this::granularityOf);
        this.differs = new boolean[levels];
        int level = levels - 1;
        for (int each = levels - 1; each >= 0; each--) {
            differs[each] = !isConstant(each);
            level = differs[each] ? each : level;
        }
        this.searchLevel = level;
    }

    /** The same after levels that count first. They have no traffic. */
    ObjectiveVector after(List<PreferredLevel> first) {
        int more = first.size();
        long[][] allUnary = new long[more + levels][];
        long[][] allOpen = new long[more + levels][];
        long[][] allDistance = new long[more + levels][];
        System.arraycopy(unary, 0, allUnary, more, levels);
        System.arraycopy(open, 0, allOpen, more, levels);
        System.arraycopy(distance, 0, allDistance, more, levels);
        int clusters = open[0].length;
        for (int level = 0; level < more; level++) {
            allUnary[level] = first.get(level).unary;
            allOpen[level] = first.get(level).open;
            allDistance[level] = new long[clusters * clusters];
        }
        return new ObjectiveVector(more + costLevels, allUnary, allOpen, allDistance);
    }

    /**
     * Returns the same order of assignments by one number, in which the first level weighs most; empty if it would be too large, or if it
     * is more than costs of items and openings.
     */
    Optional<ObjectiveVector> asOneLevel() {
        int clusters = open[0].length;
        long[] unaryOfAll = new long[unary[0].length];
        long[] openOfAll = new long[clusters];
        double weight = 1;
        for (int level = levels - 1; level >= 0; level--) {
            double most = most(level);
            if (most / granularity[level] * weight >= EXACT || (level < costLevels && !isZero(distance[level]))) {
                return Optional.empty();
            }
            for (int cell = 0; cell < unaryOfAll.length; cell++) {
                unaryOfAll[cell] += unary[level][cell] / granularity[level] * (long) weight;
            }
            for (int cluster = 0; cluster < clusters; cluster++) {
                openOfAll[cluster] += open[level][cluster] / granularity[level] * (long) weight;
            }
            weight *= Math.floor(most / granularity[level]) + 1;
        }
        return Optional.of(new ObjectiveVector(
                1, new long[][] {unaryOfAll}, new long[][] {openOfAll}, new long[][] {new long[clusters * clusters]}));
    }

    /** Returns the most that a level can be. */
    private double most(int level) {
        int clusters = open[level].length;
        double sum = Arrays.stream(open[level]).asDoubleStream().sum();
        for (int first = 0; first < unary[level].length; first += clusters) {
            sum += Arrays.stream(unary[level], first, first + clusters).max().orElse(0);
        }
        return sum;
    }

    public int levels() {
        return levels;
    }

    public int costLevels() {
        return costLevels;
    }

    public long unary(int level, int item, int cluster) {
        return unary[level][item * open[level].length + cluster];
    }

    public long open(int level, int cluster) {
        return open[level][cluster];
    }

    /** Returns the cost of the traffic of an entry between two clusters, rounded to the nearest, halves to even. */
    public long traffic(int level, LinkTable links, int entry, int here, int there) {
        return links.cost(entry, distance[level], here, there);
    }

    /** Returns whether all assignments are equally good. */
    public boolean isConstant() {
        return !differsBetween(0, levels);
    }

    /** Returns whether assignments may differ in one of the levels from one up to another, which is not included. */
    boolean differsBetween(int from, int to) {
        for (int level = from; level < to; level++) {
            if (differs[level]) {
                return true;
            }
        }
        return false;
    }

    /** Returns the least cost of a level that is no less than a lower bound, whatever fraction the bound has; 0 or more. */
    long roundedUp(int level, double bound) {
        if (bound <= 0) {
            return 0;
        }
        double units = Math.ceil(bound / granularity[level]);
        // beyond the exact numbers, what is rounded up might be no bound
        return units < EXACT ? ((long) units) * granularity[level] : (long) bound;
    }

    /** Returns the least cost of a level that is no less than a lower bound; 0 or more. */
    long roundedUp(int level, long bound) {
        long rest = bound <= 0 ? 0 : bound % granularity[level];
        return Math.max(0, rest == 0 ? bound : bound - rest + granularity[level]);
    }

    /** Returns the most that something may cost that costs less. */
    long nextBelow(int level, long cost) {
        return cost - granularity[level];
    }

    private long granularityOf(int level) {
        if (level < costLevels && !isZero(distance[level])) {
            return 1;
        }
        long divisor = 0;
        for (long[] costs : List.of(unary[level], open[level])) {
            for (int i = 0; i < costs.length && divisor != 1; i++) {
                divisor = greatestCommonDivisor(divisor, costs[i]);
            }
        }
        return Math.max(1, divisor);
    }

    private static long greatestCommonDivisor(long one, long other) {
        long a = one;
        long b = other;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    private boolean isConstant(int level) {
        boolean same = isZero(open[level]) && (level >= costLevels || isZero(distance[level]));
        int clusters = open[level].length;
        for (int cell = 0; cell < unary[level].length && same; cell++) {
            same = unary[level][cell] == unary[level][cell - cell % clusters];
        }
        return same;
    }

    private static boolean isZero(long[] numbers) {
        return Arrays.stream(numbers).allMatch(number -> number == 0);
    }
}
