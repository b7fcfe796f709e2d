// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeShareRuleTest {

    private static final ClusterId C0 = new ClusterId("test", "c0");
    private static final ClusterId C1 = new ClusterId("test", "c1");

    private static Placed place(FreeShareRule rule, CoresProblem problem) {
        return (Placed) rule.place(problem.request(), SimpleContext.unlimited());
    }

    @Test
    void theLeastShareFillsAndTheMostSpreads() {
        CoresProblem problem = new CoresProblem(List.of(1, 2), List.of(8, 4));
        Placed least = place(FreeShareRule.LEAST, problem);
        assertThat(least.placement().clusterOf("s1")).contains(C1);
        assertThat(least.placement().clusterOf("s0")).contains(C1);

        Placed most = place(FreeShareRule.MOST, problem);
        assertThat(most.placement().clusterOf("s1")).contains(C0);
        assertThat(most.placement().clusterOf("s0"))
                .as("75 % on c1, 62.5 % on c0")
                .contains(C1);
    }

    @Test
    void amongEqualSharesTheCheaperClusterIsChosenThenTheFirst() {
        CoresProblem problem = new CoresProblem(List.of(1), List.of(4, 4, 4)).prices((request, costs) -> {
            costs.assign(0, 0, 2);
            costs.assign(0, 1, 1);
            costs.assign(0, 2, 1);
        });
        for (FreeShareRule rule : FreeShareRule.values()) {
            Placed placed = place(rule, problem);
            assertThat(placed.placement().clusterOf("s0")).contains(C1);
            assertThat(placed.rejected().get("s0"))
                    .containsEntry(C0, "as much of its capacity would stay free as of c1, which costs less")
                    .containsEntry(
                            new ClusterId("test", "c2"),
                            "as much of its capacity would stay free as of c1, which comes first by name");
        }
    }

    @Test
    void reasonsTellTheSharesAndWhatForbidsACluster() {
        CoresProblem problem = new CoresProblem(List.of(2, 3), List.of(8, 4));
        Placed placed = place(FreeShareRule.LEAST, problem);
        assertThat(placed.rejected().get("s1"))
                .containsEntry(C0, "62.5 % of its capacity would stay free, 25.0 % of c1");
        assertThat(placed.rejected().get("s0")).containsEntry(C1, "needs 2 cores, 1 free");
    }
}
