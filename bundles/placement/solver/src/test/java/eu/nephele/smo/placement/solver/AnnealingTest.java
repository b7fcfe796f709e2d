// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnealingTest {

    private static final double UNIT = 1e6;
    private static final long MOVES = 20_000;

    /** On c1 each service costs 10 less, and each link between two clusters 1,000: at this temperature no service goes alone. */
    @ParameterizedTest(name = "a row of {0} services")
    @ValueSource(ints = {2, 3, 4})
    void whatIsLinkedMovesTogether(int services) {
        SearchState state = rows(services, 3);
        BestFound best = new BestFound(state.problem, new Incumbent());
        anneal(state, best);
        assertThat(state.at).containsOnly(1);
        assertThat(state.isFeasible()).isTrue();
        assertThat(best.matches(state)).isTrue();
        assertThat(state.cost()).isEqualTo(90 * UNIT * state.at.length);
    }

    @Test
    void aGroupThatDoesNotPayStays() {
        SearchState state = rows(5, 1);
        int[] before = state.at.clone();
        double cost = state.cost();
        anneal(state, new BestFound(state.problem, new Incumbent()));
        assertThat(state.at).as("a part of five").isEqualTo(before);
        assertThat(state.cost()).isEqualTo(cost);
    }

    /** All on c0. */
    private static SearchState rows(int length, int rows) {
        int items = length * rows;
        List<Integer> cores = Collections.nCopies(items, 1);
        CoresProblem problem = new CoresProblem(cores, List.of(items, items, items)).prices((request, costs) -> {
            for (int item = 0; item < items; item++) {
                costs.assign(item, 0, 100);
                costs.assign(item, 1, 90);
                costs.assign(item, 2, 120);
            }
            for (int cell = 0; cell < 9; cell++) {
                costs.distance(cell / 3, cell % 3, cell / 3 == cell % 3 ? 0 : 1000);
            }
        });
        for (int item = 0; item < items; item++) {
            if (item % length > 0) {
                problem.builder().link(new PlacementLink(item - 1, item, 1, OptionalDouble.empty()));
            }
        }
        SearchState state = new SearchState(problem.read().problem());
        state.reset(new int[items]);
        return state;
    }

    private static void anneal(SearchState state, BestFound best) {
        SplittableRandom random = new SplittableRandom(1);
        CapacityPrices prices = new CapacityPrices(state.problem);
        CandidateLists candidates = new CandidateLists(state.problem, prices, random.split(), true);
        OverflowPrices overflow = new OverflowPrices(state.problem, prices, state, candidates.meanRegret());
        System.arraycopy(overflow.base(), 0, state.overflowPrice, 0, state.overflowPrice.length);
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        new Annealing(state, candidates, best, overflow, random.split(), work).run(MOVES, UNIT, UNIT, () -> {});
    }
}
