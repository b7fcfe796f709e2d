// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterExchangeTest {

    @Test
    void theStateStaysFeasibleAndNeverCostsMore() {
        int better = 0;
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            Optional<int[]> start = problem.feasibleColumns();
            if (start.isPresent()) {
                Incumbent incumbent = new Incumbent();
                SearchState state = exchange(problem.model(), incumbent, start.get(), 200, seed);
                assertThat(problem.isFeasible(state.at)).as("seed %d", seed).isTrue();
                int level = problem.model().objective.searchLevel;
                long before = problem.model().vector(start.get())[level];
                long after = problem.model().vector(state.at)[level];
                // half a unit for each direction of each link may be lost in rounding
                assertThat(after).as("seed %d", seed).isLessThanOrEqualTo(before + 10);
                better += after < before ? 1 : 0;
            }
        }
        assertThat(better).isGreaterThan(100);
    }

    /** With at most three clusters all items are distributed at once, and the result is the best there is. */
    @Test
    void onTwoOrThreeClustersItFindsTheOptimum() {
        int compared = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            Optional<int[]> start = problem.feasibleColumns();
            if (start.isPresent() && problem.model().clusters <= 3) {
                SearchState state = exchange(problem.model(), new Incumbent(), start.get(), 2_000, seed);
                int level = problem.model().objective.searchLevel;
                long optimum = problem.all().stream()
                        .filter(problem::isFeasible)
                        .mapToLong(at -> problem.model().vector(at)[level])
                        .min()
                        .getAsLong();
                assertThat(problem.model().vector(state.at)[level])
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(optimum + 10);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void improvesAFederationAndTellsTheIncumbent() {
        AssignmentProblem problem =
                RequestProblem.from(RandomProblems.federation(5, 120, 12, 0.3)).problem();
        int[] start = new FirstFitConstruction(problem).build().orElseThrow();
        Incumbent incumbent = new Incumbent();
        SearchState state = exchange(problem, incumbent, start, 100_000, 1);
        assertThat(problem.isFeasible(state.at)).isTrue();
        assertThat(incumbent.at()).isEqualTo(state.at);
        assertThat(problem.vector(state.at)[0]).isLessThan(problem.vector(start)[0] * 9 / 10);
    }

    private static SearchState exchange(
            AssignmentProblem problem, Incumbent incumbent, int[] start, long units, long seed) {
        SearchState state = new SearchState(problem);
        state.reset(start);
        CapacityPrices prices = new CapacityPrices(problem);
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        prices.improve(100, state.cost(), work);
        SplittableRandom random = new SplittableRandom(seed);
        CandidateLists candidates = new CandidateLists(problem, prices, random, true);
        BestFound best = new BestFound(problem, incumbent);
        new ClusterExchange(state, prices, best, random, work).run(units, candidates);
        best.publish();
        return state;
    }
}
