// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/**
 * Capacity prices as whole numbers, so that a bound is exact and others can recompute it: each is rounded to a few digits, the price of a
 * demand is rounded down, and that of a capacity up. Read only.
 */
final class WholePrices {

    private static final int DIGITS = 20;
    private static final int LARGEST_SHIFT = 62;

    /** Sums of prices below can be added to costs. */
    private static final double MOST = 0x1p60;

    private final AssignmentProblem problem;

    /** By cluster and row. */
    private final long[] mantissa;

    private final int[] shift;

    /** By item and cluster: price of the capacity that the item takes. */
    final long[] ofDemand;

    /** Price of all capacity. */
    final long ofCapacity;

    /** No prices. */
    WholePrices(AssignmentProblem problem) {
        this.problem = problem;
        this.mantissa = new long[problem.capacity.length];
        this.shift = new int[mantissa.length];
        this.ofDemand = new long[problem.items * problem.clusters];
        this.ofCapacity = 0;
    }

    WholePrices(AssignmentProblem problem, CapacityPrices prices) {
        this.problem = problem;
        this.mantissa = new long[problem.capacity.length];
        this.shift = new int[mantissa.length];
        boolean small = prices.ofCapacity() + dearest(problem, prices) < MOST;
        long all = 0;
        for (int index = 0; index < mantissa.length && small; index++) {
            double price = prices.price(index);
            shift[index] = Math.max(0, Math.min(LARGEST_SHIFT, DIGITS - 1 - Math.getExponent(price)));
            mantissa[index] = (long) Math.rint(Math.scalb(price, shift[index]));
            all += product(problem.capacity[index], index, true);
        }
        this.ofCapacity = all;
        this.ofDemand = new long[problem.items * problem.clusters];
        for (int item = 0; item < problem.items; item++) {
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                ofDemand[item * problem.clusters + cluster] = ofDemand(item, cluster);
            }
        }
    }

    private static double dearest(AssignmentProblem problem, CapacityPrices prices) {
        double sum = 0;
        for (int item = 0; item < problem.items; item++) {
            double most = 0;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (problem.allowed[item * problem.clusters + cluster]) {
                    most = Math.max(most, prices.priced(item, cluster));
                }
            }
            sum += most;
        }
        return sum;
    }

    private long ofDemand(int item, int cluster) {
        long sum = 0;
        int demandAt = problem.demandAt(item, cluster);
        for (int row = 0; row < problem.rows && problem.allowed[item * problem.clusters + cluster]; row++) {
            sum += product(problem.demand[demandAt + row], cluster * problem.rows + row, false);
        }
        return sum;
    }

    private long product(long amount, int index, boolean up) {
        long high = Math.multiplyHigh(amount, mantissa[index]);
        long low = amount * mantissa[index];
        if (shift[index] == 0) {
            return low;
        }
        long quotient = high << (Long.SIZE - shift[index]) | low >>> shift[index];
        boolean rest = (low & ((1L << shift[index]) - 1)) != 0;
        return up && rest ? quotient + 1 : quotient;
    }

    boolean isZero() {
        return ofCapacity == 0;
    }

    long mantissa(int index) {
        return mantissa[index];
    }

    int shift(int index) {
        return shift[index];
    }

    /** Returns a cost of the first level that no feasible assignment is below, whatever is placed. */
    long bound() {
        ObjectiveVector objective = problem.objective;
        long sum = 0;
        long dearestOpening = 0;
        for (int item = 0; item < problem.items; item++) {
            long least = Long.MAX_VALUE;
            long leastWithOpening = Long.MAX_VALUE;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                int cell = item * problem.clusters + cluster;
                if (problem.allowed[cell]) {
                    long cost = objective.unary[0][cell] + ofDemand[cell];
                    least = Math.min(least, cost);
                    leastWithOpening = Math.min(leastWithOpening, cost + objective.open[0][cluster]);
                }
            }
            sum += least;
            dearestOpening = Math.max(dearestOpening, leastWithOpening - least);
        }
        return objective.roundedUp(0, sum + dearestOpening - ofCapacity);
    }
}
