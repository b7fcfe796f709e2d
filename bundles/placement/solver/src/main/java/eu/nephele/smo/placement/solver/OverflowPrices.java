// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * What a unit of overflow costs a search, by cluster and row. Where a capacity price is known, a little more than that: below it an
 * overflow would pay, and far above it the search could not pass through assignments that exceed a capacity for a moment.
 */
final class OverflowPrices {

    private static final double OVER_CAPACITY_PRICE = 1.2;
    private static final double OF_BASE = 0.24;
    private static final double MOST_OF_PRICE = 200;
    private static final double LEAST_OF_PRICE = 0.05;
    private static final double CONFLICT_RISE = 1.05;
    private static final double OF_MEAN_COST = 0.1;
    private static final double CONFLICT_REGRETS = 4;
    private static final double CONFLICT_OF_MEAN_COST = 0.5;

    private final CapacityPrices prices;
    private final int length;
    private final double[] base;
    private final double conflict;

    /**
     * @param start a complete assignment
     * @param meanRegret what an item loses on average on its second cheapest cluster
     */
    OverflowPrices(AssignmentProblem problem, CapacityPrices prices, SearchState start, double meanRegret) {
        this.prices = prices;
        this.length = problem.capacity.length;
        this.base = new double[problem.rows];
        double[] demand = new double[problem.rows];
        for (int item = 0; item < problem.items; item++) {
            int demandAt = problem.demandAt(item, start.at[item]);
            for (int row = 0; row < problem.rows; row++) {
                demand[row] += problem.demand[demandAt + row];
            }
        }
        double meanCost = start.cost() / problem.items;
        double perItem = Math.max(1, Math.max(2 * meanRegret, OF_MEAN_COST * meanCost));
        this.conflict = Math.max(1, Math.max(CONFLICT_REGRETS * meanRegret, CONFLICT_OF_MEAN_COST * meanCost));
        for (int row = 0; row < problem.rows; row++) {
            base[row] = perItem / problem.rows * problem.items / Math.max(1, demand[row]);
        }
    }

    /** Without knowledge of capacity prices: an item of mean size that overflows costs twice its mean regret. */
    double base(int index) {
        return base[index % base.length];
    }

    double floor(int index) {
        return OVER_CAPACITY_PRICE * prices.price(index);
    }

    /** Of a pair of items that break a constraint. */
    double conflict() {
        return conflict;
    }

    /** Raises the prices of a state where it overflows or breaks constraints, and lowers the others, no further than makes sense. */
    void adapt(SearchState state, double rise, double decay) {
        for (int i = 0; i < length; i++) {
            double price = state.overflowPrice[i];
            state.overflowPrice[i] = state.load[i] > state.problem.capacity[i]
                    ? Math.min(Math.max(price, floor(i)) * rise, Math.max(base(i), floor(i)) * MOST_OF_PRICE)
                    : Math.max(price * decay, Math.max(base(i) * LEAST_OF_PRICE, floor(i)));
        }
        state.conflictPrice = state.conflicts() > 0
                ? state.conflictPrice * CONFLICT_RISE
                : Math.max(state.conflictPrice * decay, conflict);
    }

    /** At the beginning, by cluster and row. */
    double[] base() {
        double[] all = new double[length];
        Arrays.setAll(all, this::base);
        return all;
    }

    /** For a repair, by cluster and row. */
    double[] forRepair() {
        double[] all = new double[length];
        Arrays.setAll(all, i -> Math.max(floor(i), OF_BASE * base(i)));
        return all;
    }
}
