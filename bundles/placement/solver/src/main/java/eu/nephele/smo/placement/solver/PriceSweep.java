// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * First capacity prices: one after the other gets the value that raises the bound most while the others stay (coordinate ascent). That
 * is exact where one capacity decides, which subgradient steps only come near to when many items are equal.
 */
final class PriceSweep {

    /** Each price looks at all pairs. */
    private static final long MOST_STEPS = 1_000_000;

    private static final int SWEEPS = 2;

    private final AssignmentProblem problem;
    private final double[] price;

    /** By item and cluster. */
    private final double[] priced;

    private final double[] leastElsewhere;

    PriceSweep(AssignmentProblem problem) {
        this.problem = problem;
        this.price = new double[problem.capacity.length];
        this.priced = new double[problem.items * problem.clusters];
        this.leastElsewhere = new double[problem.items];
        long[] cost = problem.objective.unary[problem.objective.searchLevel];
        Arrays.setAll(priced, cell -> problem.allowed[cell] ? cost[cell] : Double.POSITIVE_INFINITY);
    }

    /** Returns whether it takes little time. */
    static boolean isShort(AssignmentProblem problem) {
        return (long) problem.items * problem.clusters * (problem.clusters + problem.rows) <= MOST_STEPS;
    }

    /** Returns the prices, by cluster and row. */
    double[] prices() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                findLeastElsewhere(cluster);
                for (int row = 0; row < problem.rows; row++) {
                    use(cluster, row, best(cluster, row));
                }
            }
        }
        return price;
    }

    private void findLeastElsewhere(int cluster) {
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            for (int other = 0; other < problem.clusters; other++) {
                least = other == cluster ? least : Math.min(least, priced[item * problem.clusters + other]);
            }
            leastElsewhere[item] = least;
        }
    }

    /** An item leaves the cluster at the price that makes it as cheap elsewhere; the items that stay have to fit. */
    private double best(int cluster, int row) {
        long[] places = new long[problem.items];
        double[] leavesAt = new double[problem.items];
        int count = 0;
        long load = 0;
        for (int item = 0; item < problem.items; item++) {
            int cell = item * problem.clusters + cluster;
            long demand = problem.demand[problem.demandAt(item, cluster) + row];
            double own = price[cluster * problem.rows + row] * demand;
            double most = demand == 0 ? 0 : (leastElsewhere[item] - (priced[cell] - own)) / demand;
            if (problem.allowed[cell] && most > 0) {
                leavesAt[count] = most;
                places[count++] = demand;
                load += demand;
            }
        }
        return load <= problem.capacity[cluster * problem.rows + row]
                ? 0
                : crossing(Arrays.copyOf(leavesAt, count), places, problem.capacity[cluster * problem.rows + row]);
    }

    private static double crossing(double[] leavesAt, long[] demand, long capacity) {
        Integer[] order = new Integer[leavesAt.length];
        Arrays.setAll(order, n -> n);
        Arrays.sort(order, (one, other) -> Double.compare(leavesAt[other], leavesAt[one]));
        long load = 0;
        double lastFinite = 0;
        for (int n : order) {
            load += demand[n];
            boolean stays = leavesAt[n] == Double.POSITIVE_INFINITY;
            lastFinite = stays ? lastFinite : leavesAt[n];
            if (load > capacity && !stays) {
                return lastFinite;
            }
        }
        return lastFinite;
    }

    private void use(int cluster, int row, double better) {
        int index = cluster * problem.rows + row;
        double change = better - price[index];
        price[index] = better;
        for (int item = 0; item < problem.items && change != 0; item++) {
            int cell = item * problem.clusters + cluster;
            priced[cell] += problem.allowed[cell] ? change * problem.demand[problem.demandAt(item, cluster) + row] : 0;
        }
    }
}
