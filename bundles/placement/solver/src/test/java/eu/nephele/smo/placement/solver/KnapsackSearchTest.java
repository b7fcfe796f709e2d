// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnapsackSearchTest {

    /** With links, limits of latency, opening costs and several levels, from a poor assignment. */
    @Test
    void findsTheBestOfAllLevelsAndTheLeastCost() {
        int improved = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem small = SmallProblem.from(seed);
            AssignmentProblem problem = small.model();
            List<int[]> feasible =
                    small.all().stream().filter(small::isFeasible).toList();
            if (feasible.isEmpty() || problem.objective.searchLevel > 0) {
                continue;
            }
            long[] best =
                    feasible.stream().map(problem::vector).min(Arrays::compare).orElseThrow();
            Optional<int[]> worst =
                    feasible.stream().max((one, other) -> Arrays.compare(problem.vector(one), problem.vector(other)));
            for (boolean withEquals : new boolean[] {false, true}) {
                Incumbent incumbent = new Incumbent();
                incumbent.offer(worst.orElseThrow(), problem.vector(worst.orElseThrow()));
                KnapsackSearch search = search(problem, incumbent);
                assertThat(search.improve(withEquals, unlimited()))
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(incumbent.cost(0)).as("seed %d", seed).isEqualTo(best[0]);
                assertThat(search.bound()).isEqualTo(best[0]);
                if (withEquals) {
                    assertThat(incumbent.vector()).as("seed %d", seed).isEqualTo(best);
                    improved += Arrays.equals(best, problem.vector(worst.get())) ? 0 : 1;
                }
            }
        }
        assertThat(improved).isGreaterThan(200);
    }

    /** The exact search with prices needs more than 100,000 nodes of it. */
    @Test
    void provesATightProblem() {
        AssignmentProblem problem = PlantedProblem.planted(7, 28, 7, 8);
        Incumbent incumbent = new Incumbent();
        AnytimeSearch anytime = new AnytimeSearch(problem, incumbent, 1, unlimited());
        anytime.begin();
        anytime.price();
        assertThat(anytime.prove(100_000)).isFalse();
        assertThat(anytime.bound()).isLessThan(incumbent.cost(0));
        assertThat(anytime.proveByKnapsacks(2_000_000)).isTrue();
        assertThat(anytime.bound()).isEqualTo(incumbent.cost(0));
        assertThat(anytime.isProvenInCost()).isTrue();
        assertThat(anytime.evidence().bound()).as("what others can recompute").isLessThan(incumbent.cost(0));
        assertThat(anytime.evidence().tree()).isEmpty();
    }

    @Test
    void anIncompleteSearchSaysSoAndItsBoundIsNotTooHighAndItGoesOn() {
        AssignmentProblem problem = PlantedProblem.planted(7, 28, 7, 8);
        Incumbent optimum = new Incumbent();
        AnytimeSearch anytime = new AnytimeSearch(problem, optimum, 1, unlimited());
        anytime.begin();
        anytime.improve(2);
        assertThat(anytime.proveByKnapsacks(Long.MAX_VALUE)).isTrue();
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(100, (double) optimum.cost(0), unlimited());
        Incumbent incumbent = new Incumbent();
        incumbent.offer(optimum.at(), optimum.vector());
        KnapsackSearch search = new KnapsackSearch(problem, prices, incumbent);
        long before = 0;
        for (long units : new long[] {0, 1, 10, 100, 1_000}) {
            WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(units));
            assertThat(search.improve(false, work)).as("%d units", units).isFalse();
            assertThat(work.units()).isLessThanOrEqualTo(units);
            assertThat(search.bound()).isBetween(before, optimum.cost(0));
            before = search.bound();
        }
        assertThat(search.improve(false, unlimited())).isTrue();
        assertThat(search.bound()).isEqualTo(optimum.cost(0));
    }

    private static WorkBudget unlimited() {
        return new WorkBudget(SimpleContext.unlimited());
    }

    private static KnapsackSearch search(AssignmentProblem problem, Incumbent incumbent) {
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(100, (double) incumbent.cost(0), unlimited());
        return new KnapsackSearch(problem, prices, incumbent);
    }
}
