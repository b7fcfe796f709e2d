// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Completes what a rule could not: places the other items by the rule, those that fit nowhere where they exceed least, and repairs that.
 * First by costs alone, then with prices of the capacities. Used once.
 */
final class RuleRepair {

    private static final int PASSES = 150;

    private final AssignmentProblem problem;
    private final RuleProgress partial;
    private final RuleConstruction rule;
    private final SplittableRandom random;
    private final WorkBudget work;

    /** @param partial what the rule has placed; gets more items */
    RuleRepair(AssignmentProblem problem, RuleProgress partial, RuleConstruction rule, long seed, WorkBudget work) {
        this.problem = problem;
        this.partial = partial;
        this.rule = rule;
        this.random = new SplittableRandom(seed);
        this.work = work;
    }

    /**
     * @param order of the items
     * @return a feasible assignment; empty if none was found within the work
     */
    Optional<int[]> run(int[] order) {
        if (work.ended()) {
            return Optional.empty();
        }
        SearchState state = new SearchState(problem);
        int[] start = complete(order);
        CapacityPrices prices = new CapacityPrices(problem);
        if (isRepaired(state, start, prices)) {
            return Optional.of(state.at.clone());
        }
        prices.improve(PASSES, state.cost(), work);
        return isRepaired(state, new RegretConstruction(problem, prices).build(), prices)
                ? Optional.of(state.at.clone())
                : Optional.empty();
    }

    private int[] complete(int[] order) {
        List<Integer> homeless = new ArrayList<>();
        for (int item : order) {
            if (partial.clusterOf(item) == AssignmentProblem.NOWHERE && !rule.place(item)) {
                homeless.add(item);
            }
        }
        for (int item : homeless) {
            partial.put(item, partial.assignment.leastOverflow(item));
        }
        return partial.at();
    }

    private boolean isRepaired(SearchState state, int[] start, CapacityPrices prices) {
        state.reset(start);
        CandidateLists candidates = new CandidateLists(problem, prices, random.split(), true);
        OverflowPrices overflowPrices = new OverflowPrices(problem, prices, state, candidates.meanRegret());
        double[] price = overflowPrices.forRepair();
        Arrays.setAll(state.overflowPrice, i -> price[i]);
        state.conflictPrice = overflowPrices.conflict();
        return new Repair(state, candidates, random.split(), work).run(price);
    }
}
