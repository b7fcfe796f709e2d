// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemRewardsTest {

    @Test
    void noFeasibleAssignmentIsBelowTheBoundWhateverTheRewards() {
        int positive = 0;
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem small = SmallProblem.from(seed);
            AssignmentProblem problem = small.model();
            List<int[]> feasible =
                    small.all().stream().filter(small::isFeasible).toList();
            if (feasible.isEmpty()) {
                continue;
            }
            long optimum = optimum(problem, feasible);
            long[] reward = new Random(seed)
                    .longs(problem.items, 0, Math.max(1, 2 * optimum))
                    .toArray();
            ItemRewards rewards = new ItemRewards(problem, new CapacityPrices(problem), unlimited());
            assertThat(rewards.bound(problem.allowed, reward))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(optimum);
            long[] better = ItemRewards.from(problem, new CapacityPrices(problem));
            long raised = rewards.raise(problem.allowed, better, 100, 1, optimum, optimum);
            assertThat(raised).as("seed %d", seed).isLessThanOrEqualTo(optimum);
            assertThat(rewards.bound(problem.allowed, better)).isEqualTo(raised);
            positive += raised > 0 ? 1 : 0;
        }
        assertThat(positive).isGreaterThan(200);
    }

    @Test
    void whatIsRuledOutIsInNoAssignmentWithinTheLimit() {
        int ruledOut = 0;
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem small = SmallProblem.from(seed);
            AssignmentProblem problem = small.model();
            List<int[]> feasible =
                    small.all().stream().filter(small::isFeasible).toList();
            if (feasible.isEmpty()) {
                continue;
            }
            long limit = optimum(problem, feasible) + (seed % 3) * 1_000_000;
            ItemRewards rewards = new ItemRewards(problem, new CapacityPrices(problem), unlimited());
            long[] reward = ItemRewards.from(problem, new CapacityPrices(problem));
            rewards.raise(problem.allowed, reward, 30, 1, limit, limit);
            boolean[] possible = problem.allowed.clone();
            ruledOut += rewards.fix(possible, reward, limit);
            for (int[] at : feasible) {
                for (int item = 0; item < problem.items && problem.vector(at)[0] <= limit; item++) {
                    assertThat(possible[item * problem.clusters + at[item]])
                            .as("seed %d", seed)
                            .isTrue();
                }
            }
        }
        assertThat(ruledOut).isGreaterThan(100);
    }

    /** Where a cluster takes few items, prices of capacities leave a gap that knapsacks close. */
    @Test
    void itIsHigherThanThatOfPricesWhereClustersTakeFewItems() {
        AssignmentProblem problem = PlantedProblem.planted(7, 28, 7, 8);
        WorkBudget work = unlimited();
        Incumbent incumbent = new Incumbent();
        AnytimeSearch anytime = new AnytimeSearch(problem, incumbent, 1, work);
        anytime.begin();
        anytime.improve(2);
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(1000, (double) incumbent.cost(0), work);
        long[] reward = ItemRewards.from(problem, prices);
        ItemRewards rewards = new ItemRewards(problem, prices, work);
        long raised = rewards.raise(problem.allowed, reward, 200, 1, incumbent.cost(0), incumbent.cost(0));
        assertThat(raised).isGreaterThan(prices.bound()).isLessThanOrEqualTo(incumbent.cost(0));
        assertThat(incumbent.cost(0) - raised).isLessThan((incumbent.cost(0) - prices.bound()) / 2);
    }

    private static long optimum(AssignmentProblem problem, List<int[]> feasible) {
        return feasible.stream().mapToLong(at -> problem.vector(at)[0]).min().getAsLong();
    }

    private static WorkBudget unlimited() {
        return new WorkBudget(SimpleContext.unlimited());
    }
}
