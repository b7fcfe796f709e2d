// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepairTest {

    private final WorkBudget budget = new WorkBudget(SimpleContext.unlimited());

    @Test
    void whatIsFeasibleNeedsNoStep() {
        Assignment state = assignment(builder(List.of(2, 2), List.of(2, 2)), 1, 0);
        assertThat(new Repair(state, budget, 1).run()).isTrue();
        assertThat(state.at).containsExactly(1, 0);
        assertThat(budget.units()).isZero();
    }

    @Test
    void oneShiftGoesWhereItFits() {
        Assignment state = assignment(builder(List.of(2, 3), List.of(3, 1, 2)), 0, 0);
        assertThat(new Repair(state, budget, 1).run()).isTrue();
        assertThat(state.at).containsExactly(2, 0);
        assertThat(budget.units()).isEqualTo(1);
    }

    @Test
    void whereNoShiftFitsTwoItemsAreSwapped() {
        Assignment state = assignment(builder(List.of(3, 2, 2, 1), List.of(4, 4)), 0, 1, 0, 1);
        assertThat(new Repair(state, budget, 1).run()).isTrue();
        assertThat(state.used[0][0]).isEqualTo(4000);
        assertThat(state.used[1][0]).isEqualTo(4000);
        assertThat(budget.units()).isEqualTo(1);
    }

    @Test
    void theWorstClusterComesFirst() {
        Assignment state = assignment(builder(List.of(2, 2, 3, 3), List.of(3, 3, 9)), 0, 0, 1, 1);
        WorkBudget one = new WorkBudget(SimpleContext.unlimited().withWorkBudget(1));
        assertThat(new Repair(state, one, 1).run()).isFalse();
        assertThat(state.at).startsWith(0, 0).contains(2);
    }

    @Test
    void itemsThatMustBeApartAreParted() {
        PlacementRequestBuilder builder = builder(List.of(1, 1), List.of(9, 9));
        builder.apart(0, 1);
        Assignment state = assignment(builder, 1, 1);
        assertThat(new Repair(state, budget, 1).run()).isTrue();
        assertThat(state.at).containsExactlyInAnyOrder(0, 1);
        assertThat(budget.units()).isEqualTo(1);
    }

    @Test
    void noItemGoesWhereItIsNotAllowed() {
        PlacementRequestBuilder builder = builder(List.of(2, 2), List.of(2, 9, 2));
        builder.forbid(0, 1, "not there").forbid(1, 1, "not there");
        Assignment state = assignment(builder, 0, 0);
        assertThat(new Repair(state, budget, 1).run()).isTrue();
        assertThat(state.at).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void aProblemWithoutAnAnswerEndsAfterFiveHundredSteps() {
        Assignment state = assignment(builder(List.of(2, 2, 2), List.of(3, 3)), 0, 0, 1);
        assertThat(new Repair(state, budget, 1).run()).isFalse();
        assertThat(budget.units()).isEqualTo(500);
    }

    @Test
    void largeProblemsHaveTwentyStepsPerItem() {
        List<Integer> services = new ArrayList<>();
        for (int s = 0; s < 27; s++) {
            services.add(2);
        }
        int[] columns = new int[27];
        Assignment state = assignment(builder(services, List.of(40, 13)), columns);
        assertThat(new Repair(state, budget, 1).run()).isFalse();
        assertThat(budget.units()).isEqualTo(540);
    }

    /** Small problems: whatever the start, nearly each that has an answer gets one. */
    @Test
    void mostProblemsWithAnAnswerAreRepairedAndTheOthersNever() {
        int repaired = 0;
        int failed = 0;
        for (long seed = 0; seed < 800; seed++) {
            RandomModel problem = RandomModel.from(seed);
            PlacementModel model = problem.model();
            int[] columns = problem.anyColumns();
            boolean everyoneAllowed = true;
            for (int item = 0; item < model.items; item++) {
                everyoneAllowed &= model.allowed[item][columns[item]];
            }
            if (everyoneAllowed && problem.feasibleColumns().isPresent()) {
                Assignment state = problem.assignment(columns);
                if (new Repair(state, new WorkBudget(SimpleContext.unlimited()), seed).run()) {
                    assertThat(problem.isFeasible(state.at)).as("seed %d", seed).isTrue();
                    repaired++;
                } else {
                    failed++;
                }
            }
        }
        assertThat(repaired).isGreaterThan(150);
        assertThat(failed).isLessThan(repaired / 50);
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

    private static Assignment assignment(PlacementRequestBuilder builder, int... columns) {
        Assignment state = new Assignment(ModelReader.read(builder.build()));
        for (int item = 0; item < columns.length; item++) {
            state.put(item, columns[item]);
        }
        return state;
    }
}
