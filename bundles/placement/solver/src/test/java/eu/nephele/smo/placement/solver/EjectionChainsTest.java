// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EjectionChainsTest {

    private static final double ROUNDING = 1;

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void aChainChangesTheStateForTheWorseByNoMoreThanIsAcceptable() {
        AssignmentProblem problem = PlantedProblem.planted(4, 80, 10, 3);
        CapacityPrices prices = prices(problem);
        CandidateLists candidates = new CandidateLists(problem, prices, random.split(), true);
        SearchState state = new SearchState(problem);
        state.reset(new RegretConstruction(problem, prices).build());
        Arrays.setAll(state.overflowPrice, index -> 3 * prices.price(index) + 1000);
        EjectionChains chains = new EjectionChains(state, candidates, prices, random.split());
        int changed = 0;
        int longer = 0;
        for (int chain = 0; chain < 3_000; chain++) {
            double acceptable = random.nextInt(3) * candidates.meanRegret() / 4;
            int[] at = state.at.clone();
            double before = penalised(state);
            if (chains.run(random.nextInt(problem.items), acceptable)) {
                assertThat(penalised(state)).isLessThanOrEqualTo(before + acceptable + ROUNDING);
                int moved = 0;
                for (int item = 0; item < at.length; item++) {
                    moved += at[item] == state.at[item] ? 0 : 1;
                }
                assertThat(moved).isPositive();
                changed++;
                longer += moved > 2 ? 1 : 0;
            } else {
                assertThat(state.at).isEqualTo(at);
            }
        }
        assertThat(changed).isGreaterThan(100);
        assertThat(longer).isGreaterThan(20);
        assertThat(chains.evaluations()).isGreaterThan(3_000);
    }

    private static double penalised(SearchState state) {
        double sum = state.cost();
        for (int index = 0; index < state.load.length; index++) {
            sum += state.overflowPrice[index] * Math.max(0, state.load[index] - state.problem.capacity[index]);
        }
        return sum;
    }

    /** Three full clusters with one item each: no shift and no swap is of use, but each item would better be on the next cluster. */
    @Test
    void itemsGoRoundWhereNoTwoOfThemCanChangePlaces() {
        AssignmentProblem problem = ring(new LinkTable.Builder(3, 3));
        SearchState state = onTheWrongPlaces(problem);
        for (int chain = 0; chain < 100 && state.cost() > 0; chain++) {
            chains(state).run(chain % 3, 0);
        }
        assertThat(state.at).containsExactly(1, 2, 0);
        assertThat(state.isFeasible()).isTrue();
    }

    private EjectionChains chains(SearchState state) {
        CapacityPrices prices = prices(state.problem);
        CandidateLists candidates = new CandidateLists(state.problem, prices, random.split(), true);
        return new EjectionChains(state, candidates, prices, random.split());
    }

    private static SearchState onTheWrongPlaces(AssignmentProblem problem) {
        SearchState state = new SearchState(problem);
        state.reset(new int[] {0, 1, 2});
        Arrays.fill(state.overflowPrice, 1_000);
        return state;
    }

    private static AssignmentProblem ring(LinkTable.Builder links) {
        boolean[] allowed = new boolean[9];
        Arrays.fill(allowed, true);
        long[][] unary = {{10, 0, 90, 90, 10, 0, 0, 90, 10}, new long[9], new long[9]};
        long[][] distance = {new long[9], {}, {}};
        return new AssignmentProblem(
                3,
                new long[] {1, 1, 1},
                new long[] {1, 1, 1},
                allowed,
                new ObjectiveVector(1, unary, new long[3][3], distance),
                links.build(() -> new double[9]),
                false);
    }

    private static CapacityPrices prices(AssignmentProblem problem) {
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(200, 1e12, new WorkBudget(SimpleContext.unlimited()));
        return prices;
    }
}
