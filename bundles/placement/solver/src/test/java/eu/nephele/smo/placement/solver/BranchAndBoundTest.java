// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BranchAndBoundTest {

    @Test
    void findsTheBestAndTheFirstAmongEqualsWithAndWithoutPrices() {
        int priced = 0;
        for (long seed = 0; seed < 1000; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            Optional<int[]> best = best(problem);
            for (boolean withPrices : new boolean[] {false, true}) {
                Incumbent incumbent = new Incumbent();
                BranchAndBound search = search(problem.model(), withPrices);
                assertThat(search.improve(incumbent, 1_000_000)).isTrue();
                assertThat(incumbent.exists()).as("seed %d", seed).isEqualTo(best.isPresent());
                if (best.isPresent()) {
                    assertThat(incumbent.vector())
                            .as("seed %d", seed)
                            .isEqualTo(problem.model().vector(best.get()));
                    assertThat(search.settleTie(incumbent, 1_000_000)).isTrue();
                    assertThat(incumbent.at()).as("seed %d", seed).isEqualTo(best.get());
                    priced += withPrices ? 1 : 0;
                }
            }
        }
        assertThat(priced).isGreaterThan(200);
    }

    @Test
    void aKnownBestIsProvenAndKept() {
        for (long seed = 0; seed < 300; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            Optional<int[]> best = best(problem);
            if (best.isPresent()) {
                Incumbent incumbent = new Incumbent();
                incumbent.offer(best.get(), problem.model().vector(best.get()));
                assertThat(search(problem.model(), true).improve(incumbent, 1_000_000))
                        .isTrue();
                assertThat(incumbent.at()).isEqualTo(best.get());
            }
        }
    }

    /** Prices leave out most of the tree: without them the same proof takes many times the nodes. */
    @Test
    void pricesSaveNodes() {
        AssignmentProblem problem = PlantedProblem.planted(7, 22, 4, 10);
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        Incumbent incumbent = new Incumbent();
        AnytimeSearch anytime = new AnytimeSearch(problem, incumbent, 1, work);
        anytime.begin();
        anytime.improve(2);
        long before = work.units();
        assertThat(anytime.prove(1_000_000)).isTrue();
        long withPrices = work.units() - before;
        WorkBudget plain = new WorkBudget(SimpleContext.unlimited());
        assertThat(new BranchAndBound(problem, plain, new SearchNode(problem, new WholePrices(problem)))
                        .improve(incumbent, 10_000_000))
                .isTrue();
        assertThat(plain.units()).isGreaterThan(3 * withPrices);
    }

    @Test
    void anIncompleteSearchSaysSo() {
        AssignmentProblem problem = PlantedProblem.planted(7, 22, 4, 10);
        Incumbent incumbent = new Incumbent();
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(10));
        assertThat(new BranchAndBound(problem, work, new SearchNode(problem, new WholePrices(problem)))
                        .improve(incumbent, 1_000))
                .isFalse();
        assertThat(work.units()).isEqualTo(10);
        WorkBudget enough = new WorkBudget(SimpleContext.unlimited());
        BranchAndBound few = new BranchAndBound(problem, enough, new SearchNode(problem, new WholePrices(problem)));
        assertThat(few.improve(incumbent, 7)).isFalse();
        assertThat(enough.units()).isEqualTo(7);
        int[] any = new int[problem.items];
        Arrays.fill(any, 1);
        Incumbent known = new Incumbent();
        known.offer(any, problem.vector(any));
        assertThat(few.settleTie(known, 0)).isFalse();
    }

    private static BranchAndBound search(AssignmentProblem problem, boolean withPrices) {
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        boolean priced = withPrices && problem.objective.searchLevel == 0 && !problem.hasHomelessItem();
        if (!priced) {
            return new BranchAndBound(problem, work, new SearchNode(problem, new WholePrices(problem)));
        }
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(200, 1e7, new WorkBudget(SimpleContext.unlimited()));
        return new BranchAndBound(problem, work, new SearchNode(problem, new WholePrices(problem, prices)));
    }

    /** The least vector, and among equals the first clusters. */
    private static Optional<int[]> best(SmallProblem problem) {
        List<int[]> feasible =
                problem.all().stream().filter(problem::isFeasible).toList();
        return feasible.stream().min((one, other) -> {
            int order =
                    Arrays.compare(problem.model().vector(one), problem.model().vector(other));
            return order == 0 ? Arrays.compare(one, other) : order;
        });
    }
}
