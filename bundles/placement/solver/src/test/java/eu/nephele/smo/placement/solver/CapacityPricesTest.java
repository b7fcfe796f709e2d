// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityPricesTest {

    @Test
    void noFeasibleAssignmentIsBelowTheBoundAndPricesRaiseIt() {
        int raised = 0;
        int exact = 0;
        for (long seed = 0; seed < 1000; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            List<int[]> feasible =
                    problem.all().stream().filter(problem::isFeasible).toList();
            if (!feasible.isEmpty()) {
                int level = problem.model().objective.searchLevel;
                long optimum = feasible.stream()
                        .mapToLong(at -> problem.model().vector(at)[level])
                        .min()
                        .getAsLong();
                CapacityPrices prices = new CapacityPrices(problem.model());
                WorkBudget work = new WorkBudget(SimpleContext.unlimited());
                prices.improve(1, (double) optimum, work);
                long first = prices.bound();
                prices.improve(300, (double) optimum, work);
                assertThat(first).as("seed %d", seed).isBetween(0L, optimum);
                assertThat(prices.bound()).as("seed %d", seed).isBetween(first, optimum);
                raised += prices.bound() > first ? 1 : 0;
                exact += prices.bound() == optimum ? 1 : 0;
            }
        }
        assertThat(raised).isGreaterThan(10);
        assertThat(exact).isGreaterThan(40);
    }

    /** The bound is the sum of the least priced costs less the price of the capacity, for the prices that are told. */
    @Test
    void theBoundFollowsFromThePrices() {
        PlacementRequest request = RandomProblems.federation(3, 60, 8, 0.05);
        AssignmentProblem problem = RequestProblem.from(request).problem();
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(400, 1e9, new WorkBudget(SimpleContext.unlimited()));
        double sum = 0;
        for (int i = 0; i < problem.capacity.length; i++) {
            assertThat(prices.price(i)).isNotNegative();
            sum -= prices.price(i) * problem.capacity[i];
        }
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                if (problem.allowed(item, cluster)) {
                    least = Math.min(least, prices.priced(item, cluster));
                }
            }
            sum += least;
        }
        assertThat(prices.bound()).isPositive().isLessThanOrEqualTo((long) Math.ceil(sum));
        assertThat((double) prices.bound()).isGreaterThan(sum * (1 - 1e-6));
    }

    @Test
    void itEndsWithTheWork() {
        AssignmentProblem problem =
                RequestProblem.from(RandomProblems.federation(3, 60, 8, 0.05)).problem();
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(100));
        assertThat(new CapacityPrices(problem).improve(400, 1e9, work)).isEqualTo(100 / (1 + 60 * 8 / 128));
    }
}
