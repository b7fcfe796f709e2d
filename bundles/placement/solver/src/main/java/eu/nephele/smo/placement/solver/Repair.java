// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes an assignment feasible: the best of some shifts and swaps out of an overflowing cluster, or of an item with a conflict. Moved
 * items rest for a few steps, and the price of the overflow rises where no move helps. Not thread-safe.
 */
final class Repair {

    private static final long FIRST_STEPS = 2_000;
    private static final long STEPS_PER_ITEM = 4;
    private static final double LITTLE_WEIGHT = 0.05;
    private static final int MEMBERS = 12;
    private static final int TARGETS = 6;
    private static final int LEAST_REST = 3;
    private static final int MORE_REST = 8;
    private static final double PRICE_RISE = 1.2;
    private static final int PERCENT = 100;
    private static final int PERCENT_OF_WORSE_REFUSED = 70;
    private static final long UNITS_PER_STEP = 100;
    private static final double ROUNDING = 1e-9;

    private final AssignmentProblem problem;
    private final SearchState state;
    private final CandidateLists candidates;
    private final SplittableRandom random;
    private final WorkBudget work;
    private final long[] restsUntil;
    private final int[] open;
    private double bestChange;
    private int bestItem;
    private int bestPartner;
    private int bestTo;

    Repair(SearchState state, CandidateLists candidates, SplittableRandom random, WorkBudget work) {
        this.problem = state.problem;
        this.state = state;
        this.candidates = candidates;
        this.random = random;
        this.work = work;
        this.restsUntil = new long[problem.items];
        this.open = new int[problem.clusters];
    }

    /**
     * Works on the state as long as is usual for its size, first with costs, and then nearly without; its prices are as before afterwards.
     *
     * @param firstPrice of overflow, by cluster and row
     */
    boolean run(double[] firstPrice) {
        long steps = FIRST_STEPS + STEPS_PER_ITEM * problem.items;
        if (!run(steps, firstPrice)) {
            state.costWeight = LITTLE_WEIGHT;
            run(steps, firstPrice);
            state.costWeight = 1;
        }
        return state.isFeasible();
    }

    /**
     * Works on the state; its prices are as before afterwards.
     *
     * @param firstPrice of overflow, by cluster and row
     */
    boolean run(long steps, double[] firstPrice) {
        double[] before = state.overflowPrice.clone();
        double conflictPrice = state.conflictPrice;
        System.arraycopy(firstPrice, 0, state.overflowPrice, 0, before.length);
        Arrays.fill(restsUntil, 0);
        for (long step = 1; step <= steps && !state.isFeasible() && work.spend(UNITS_PER_STEP); step++) {
            step(step);
        }
        System.arraycopy(before, 0, state.overflowPrice, 0, before.length);
        state.conflictPrice = conflictPrice;
        return state.isFeasible();
    }

    private void step(long step) {
        int overflowing = overflowing();
        bestChange = Double.POSITIVE_INFINITY;
        bestItem = Assignment.NOWHERE;
        if (overflowing == Assignment.NOWHERE) {
            int item = state.conflicting(random.nextInt(problem.items));
            restsUntil[item] = 0;
            examine(item, step);
        } else {
            int members = state.count[overflowing];
            int first = random.nextInt(members);
            for (int i = 0; i < Math.min(members, MEMBERS); i++) {
                examine(state.member(overflowing, (first + i) % members), step);
            }
        }
        if (bestItem == Assignment.NOWHERE) {
            return;
        }
        if (bestChange >= -ROUNDING) {
            raise(overflowing);
        }
        if (bestChange > 0 && random.nextInt(PERCENT) < PERCENT_OF_WORSE_REFUSED) {
            return;
        }
        int from = state.at[bestItem];
        state.move(bestItem, bestTo);
        rest(bestItem, step);
        if (bestPartner != Assignment.NOWHERE) {
            state.move(bestPartner, from);
            rest(bestPartner, step);
        }
    }

    private void rest(int item, long step) {
        restsUntil[item] = step + LEAST_REST + random.nextInt(MORE_REST);
    }

    private int overflowing() {
        int found = 0;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (state.overflows(cluster)) {
                open[found++] = cluster;
            }
        }
        return found == 0 ? Assignment.NOWHERE : open[random.nextInt(found)];
    }

    private void raise(int overflowing) {
        if (overflowing == Assignment.NOWHERE) {
            state.conflictPrice *= PRICE_RISE;
            return;
        }
        for (int i = overflowing * problem.rows; i < (overflowing + 1) * problem.rows; i++) {
            if (state.load[i] > problem.capacity[i]) {
                state.overflowPrice[i] *= PRICE_RISE;
            }
        }
    }

    private void examine(int item, long step) {
        if (candidates.count(item) < 2 || restsUntil[item] > step) {
            return;
        }
        int from = state.at[item];
        for (int i = 0; i < TARGETS; i++) {
            int to = i < TARGETS / 2
                    ? candidates.at(item, random.nextInt(candidates.count(item)))
                    : random.nextInt(problem.clusters);
            if (to != from && state.isAllowed(item, to)) {
                offer(state.change(item, to), item, Assignment.NOWHERE, to);
                int members = state.count[to];
                int first = members == 0 ? 0 : random.nextInt(members);
                for (int j = 0; j < Math.min(members, MEMBERS); j++) {
                    int partner = state.member(to, (first + j) % members);
                    if (state.isAllowed(partner, from) && restsUntil[partner] <= step) {
                        offer(state.swapChange(item, partner), item, partner, to);
                    }
                }
            }
        }
    }

    private void offer(double change, int item, int partner, int to) {
        if (change < bestChange) {
            bestChange = change;
            bestItem = item;
            bestPartner = partner;
            bestTo = to;
        }
    }
}
