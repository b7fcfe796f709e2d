// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    @Test
    void anItemIsAllowedWhereThereIsNoReasonAgainstIt() {
        int forbidden = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            for (int item = 0; item < problem.model().items; item++) {
                boolean any = false;
                for (int cluster = 0; cluster < problem.model().clusters; cluster++) {
                    String reason = InfeasibilityReasons.alone(
                            problem.request(), problem.read().items().get(item), cluster);
                    assertThat(problem.model().allowed(item, cluster))
                            .as("seed %d, item %d, cluster %d: %s", seed, item, cluster, reason)
                            .isEqualTo(reason.isEmpty());
                    any |= reason.isEmpty();
                    forbidden += reason.isEmpty() ? 0 : 1;
                }
                assertThat(problem.model().isHomeless(item)).isEqualTo(!any);
            }
        }
        assertThat(forbidden).isGreaterThan(300);
    }

    @Test
    void onlyWhatCanRunOutIsARow() {
        AssignmentProblem problem = problem(
                List.of(resources(1000, 1, 3), resources(1000, 1, 3)),
                List.of(resources(1500, 9, 100), resources(9000, 9, 100)));
        assertThat(problem.rows()).isEqualTo(1);
        assertThat(problem.capacity(0, 0)).isEqualTo(1500);
        assertThat(problem.capacity(1, 0)).isEqualTo(9000);
        assertThat(problem.demand(1, 0, 0)).isEqualTo(1000);
    }

    @Test
    void clustersThatLackDifferentThingsHaveDifferentRows() {
        AssignmentProblem problem = problem(
                List.of(resources(1000, 1, 3), resources(1000, 1, 3)),
                List.of(resources(1500, 9, 100), resources(9000, 9, 5)));
        assertThat(problem.rows()).isEqualTo(1);
        assertThat(problem.capacity(0, 0)).isEqualTo(1500);
        assertThat(problem.demand(0, 0, 0)).isEqualTo(1000);
        assertThat(problem.capacity(1, 0)).isEqualTo(5);
        assertThat(problem.demand(0, 1, 0)).isEqualTo(3);
        assertThat(problem.isFeasible(new int[] {0, 1})).isTrue();
        assertThat(problem.isFeasible(new int[] {0, 0})).isFalse();
        assertThat(problem.isFeasible(new int[] {1, 1})).isFalse();
    }

    @Test
    void amountsNearTheLimitOfNumbersDoNotOverflow() {
        AssignmentProblem problem = problem(
                List.of(resources(Long.MAX_VALUE / 2, 0, 0), resources(Long.MAX_VALUE / 2, 0, 0)),
                List.of(resources(Long.MAX_VALUE - 2, 1, 0), resources(Long.MAX_VALUE, 1, 0)));
        assertThat(problem.isFeasible(new int[] {0, 0})).isFalse();
        assertThat(problem.isFeasible(new int[] {0, 1})).isTrue();
        assertThat(problem.rows()).isEqualTo(1);
    }

    /** An unlimited resource never runs out, whatever is asked for: sums of amounts end at the largest number. */
    @Test
    void whatIsUnlimitedIsNoRow() {
        AssignmentProblem problem = problem(
                List.of(resources(5_000_000_000_000_000_000L, 0, 0), resources(5_000_000_000_000_000_000L, 0, 0)),
                List.of(resources(Resources.UNLIMITED, 0, 0)));
        assertThat(problem.rows()).isZero();
        assertThat(problem.isFeasible(new int[] {0, 0})).isTrue();
    }

    @Test
    void loadsOfHugeAmountsStayInRangeWhateverTheAssignment() {
        long third = Long.MAX_VALUE / 3;
        AssignmentProblem problem = problem(
                List.of(resources(2 * third, 0, 0), resources(2 * third, 0, 0), resources(third, 0, 0)),
                List.of(resources(Long.MAX_VALUE - 1, 0, 0), resources(2 * third + 5, 0, 0)));
        SearchState state = new SearchState(problem);
        state.reset(new int[] {0, 0, 0});
        assertThat(state.isFeasible()).isFalse();
        assertThat(state.overflows(0)).isTrue();
        state.move(0, 1);
        assertThat(state.overflows(1)).isFalse();
        assertThat(problem.isFeasible(new int[] {0, 1, 1})).isFalse();
    }

    private static Resources resources(long cpuMillis, long memory, long licences) {
        return new Resources(cpuMillis, memory, 0, 0, Map.of("example.org/licence", licences));
    }

    private static AssignmentProblem problem(List<Resources> services, List<Resources> clusters) {
        List<PlacementService> rows = new ArrayList<>();
        for (Resources demand : services) {
            rows.add(new PlacementService("s" + rows.size(), demand, 1, 1));
        }
        List<ClusterCapacity> columns = new ArrayList<>();
        for (Resources free : clusters) {
            columns.add(ClusterCapacity.of(new ClusterId("test", "c" + columns.size()), free));
        }
        return RequestProblem.from(
                        new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, rows, columns)
                                .build())
                .problem();
    }
}
