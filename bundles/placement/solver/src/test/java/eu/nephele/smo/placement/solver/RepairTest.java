// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepairTest {

    private static final long STEPS = 2_000;

    private final WorkBudget budget = new WorkBudget(SimpleContext.unlimited());

    @Test
    void whatIsFeasibleNeedsNoStep() {
        SearchState state = state(builder(List.of(2, 2), List.of(2, 2)).build(), 1, 0);
        assertThat(run(state, budget, 1)).isTrue();
        assertThat(state.at).containsExactly(1, 0);
        assertThat(budget.units()).isZero();
    }

    @Test
    void oneShiftGoesWhereItFits() {
        SearchState state = state(builder(List.of(2, 3), List.of(3, 1, 2)).build(), 0, 0);
        assertThat(run(state, budget, 1)).isTrue();
        assertThat(state.at).containsExactly(2, 0);
    }

    @Test
    void whereNoShiftFitsTwoItemsAreSwapped() {
        SearchState state = state(builder(List.of(3, 2, 2, 1), List.of(4, 4)).build(), 0, 1, 0, 1);
        assertThat(run(state, budget, 1)).isTrue();
        assertThat(state.load).containsExactly(4000, 4000);
    }

    @Test
    void itemsThatMustBeApartAreParted() {
        PlacementRequestBuilder builder = builder(List.of(1, 1), List.of(9, 9));
        builder.apart(0, 1);
        SearchState state = state(builder.build(), 1, 1);
        assertThat(run(state, budget, 1)).isTrue();
        assertThat(state.at).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void noItemGoesWhereItIsNotAllowed() {
        PlacementRequestBuilder builder = builder(List.of(2, 2), List.of(2, 9, 2));
        builder.forbid(0, 1, "not there").forbid(1, 1, "not there");
        SearchState state = state(builder.build(), 0, 0);
        assertThat(run(state, budget, 1)).isTrue();
        assertThat(state.at).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void aProblemWithoutAnAnswerEndsAfterItsSteps() {
        SearchState state = state(builder(List.of(2, 2, 2), List.of(3, 3)).build(), 0, 0, 1);
        double[] before = state.overflowPrice.clone();
        assertThat(run(state, budget, 1)).isFalse();
        assertThat(budget.units()).isEqualTo(100 * STEPS);
        assertThat(state.overflowPrice).as("prices are as before").isEqualTo(before);
    }

    @Test
    void itEndsWithTheWork() {
        SearchState state = state(builder(List.of(2, 2, 2), List.of(3, 3)).build(), 0, 0, 1);
        WorkBudget little = new WorkBudget(SimpleContext.unlimited().withWorkBudget(950));
        assertThat(run(state, little, 1)).isFalse();
        assertThat(little.ended()).isTrue();
        assertThat(little.units()).isEqualTo(900);
    }

    /** Small problems: whatever the start, nearly each that has an answer gets one. */
    @Test
    void mostProblemsWithAnAnswerAreRepairedAndTheOthersNever() {
        int repaired = 0;
        int failed = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            int[] columns = problem.anyColumns();
            boolean everyoneAllowed = true;
            for (int item = 0; item < columns.length; item++) {
                everyoneAllowed &= problem.model().allowed(item, columns[item]);
            }
            if (everyoneAllowed) {
                SearchState state = new SearchState(problem.model());
                state.reset(columns);
                if (run(state, new WorkBudget(SimpleContext.unlimited()), seed)) {
                    assertThat(problem.isFeasible(state.at)).as("seed %d", seed).isTrue();
                    repaired++;
                } else if (problem.feasibleColumns().isPresent()) {
                    failed++;
                }
            }
        }
        assertThat(repaired).isGreaterThan(150);
        assertThat(failed).isLessThan(repaired / 50);
    }

    private static boolean run(SearchState state, WorkBudget budget, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CandidateLists candidates =
                new CandidateLists(state.problem, new CapacityPrices(state.problem), random.split(), true);
        double[] firstPrice = new double[state.overflowPrice.length];
        Arrays.fill(firstPrice, 1);
        state.conflictPrice = 1;
        return new Repair(state, candidates, random, budget).run(STEPS, firstPrice);
    }

    private static PlacementRequestBuilder builder(List<Integer> services, List<Integer> clusters) {
        List<PlacementService> rows = new ArrayList<>();
        for (int s = 0; s < services.size(); s++) {
            rows.add(new PlacementService("s" + s, new Resources(1000L * services.get(s), 0, 0, 0), 1, 1));
        }
        List<ClusterCapacity> columns = new ArrayList<>();
        for (int c = 0; c < clusters.size(); c++) {
            columns.add(ClusterCapacity.of(
                    new ClusterId("test", "c" + c), new Resources(1000L * clusters.get(c), 0, 0, 0)));
        }
        return new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, rows, columns);
    }

    private static SearchState state(PlacementRequest request, int... columns) {
        SearchState state = new SearchState(RequestProblem.from(request).problem());
        state.reset(columns);
        return state;
    }
}
