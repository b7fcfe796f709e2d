// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * The part of the search with knapsacks in an anytime search: in each round if the problem is small, if its bound leaves at most half
 * of the gap of the prices, or if it has just found something, and else after four times as many rounds as before. It is for problems without
 * traffic. Not thread-safe.
 */
final class KnapsackRounds {

    private static final long UNITS_PER_MOVE = 6;
    private static final long FEW_PAIRS = 1_000;
    private static final long MOST_PAIRS = 20_000;

    private static final int LONGER = 4;

    private final AssignmentProblem problem;
    private final CapacityPrices prices;
    private final Incumbent incumbent;
    private final WorkBudget work;
    private final KnapsackSearch search;
    private final boolean usable;
    private final long pairs;
    private boolean costProven;
    private boolean proven;
    private int next;
    private int pause = 1;

    /** @param hasTraffic whether the cost of pairs counts, too */
    KnapsackRounds(
            AssignmentProblem problem,
            CapacityPrices prices,
            Incumbent incumbent,
            WorkBudget work,
            boolean hasTraffic) {
        this.problem = problem;
        this.prices = prices;
        this.incumbent = incumbent;
        this.work = work;
        this.search = new KnapsackSearch(problem, prices, incumbent);
        this.usable = !hasTraffic && problem.objective.searchLevel == 0;
        this.pairs = (long) problem.items * problem.clusters;
    }

    /** Returns a cost of the first level that no feasible assignment is below. */
    long bound() {
        return search.bound();
    }

    /** Returns whether no assignment is better than the incumbent in any level. */
    boolean isProven() {
        return proven;
    }

    /**
     * @param most units of work
     * @return whether the incumbent is proven
     */
    boolean prove(long most) {
        if (usable && incumbent.exists() && !proven) {
            WorkBudget part = work.part(most);
            costProven = costProven || search.improve(false, part);
            boolean tiesLeft = problem.objective.differsBetween(1, problem.objective.levels);
            proven = costProven && (!tiesLeft || search.improve(true, part));
            work.add(part.units());
        }
        return proven;
    }

    /** @return whether it found a better assignment or raised the bound */
    boolean run(int round, long moves) {
        if (round < next || pairs > MOST_PAIRS || !usable || !incumbent.exists()) {
            return false;
        }
        long before = search.bound();
        long[] known = incumbent.vector();
        prove(UNITS_PER_MOVE * moves);
        boolean found = !Arrays.equals(known, incumbent.vector());
        long gapOfPrices = incumbent.cost(0) - prices.bound();
        boolean strong = incumbent.cost(0) - search.bound() <= gapOfPrices / 2;
        pause = found || strong || pairs <= FEW_PAIRS ? 1 : LONGER * pause;
        next = round + pause;
        return found || search.bound() > before;
    }
}
