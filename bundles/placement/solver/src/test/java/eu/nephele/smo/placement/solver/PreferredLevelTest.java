// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementLink;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PreferredLevelTest {

    @Test
    void itCountsBeforeTheCostsOfTheRequest() {
        CoresProblem problem = new CoresProblem(List.of(1, 1), List.of(2, 2)).prices((request, costs) -> {
            costs.assign(0, 0, 1);
            costs.distance(0, 1, 3);
        });
        problem.builder()
                .link(new PlacementLink(0, 1, 2, OptionalDouble.empty()))
                .current(1, 0);
        RequestProblem read = problem.read();
        PreferredLevel level = new PreferredLevel(new long[] {5, 6, 7, 8}, new long[] {10, 20});
        AssignmentProblem preferring = read.preferring(List.of(level)).problem();

        assertThat(preferring.vector(new int[] {0, 1})).containsExactly(5 + 8 + 10 + 20, 7_000_000, 1, 1000);
        assertThat(preferring.vector(new int[] {0, 0})).containsExactly(5 + 7 + 10, 1_000_000, 0, 0);
        assertThat(read.problem().vector(new int[] {0, 1})).containsExactly(7_000_000, 1, 1000);
        assertThat(preferring.objective().costLevels()).isEqualTo(2);
    }

    @Test
    void onFewerClustersNothingElseIsAllowed() {
        RequestProblem read = new CoresProblem(List.of(1, 3), List.of(2, 4, 4)).read();
        AssignmentProblem fewer = read.onlyOn(new boolean[] {true, false, true}).problem();
        assertThat(fewer.allowed(0, 0)).isTrue();
        assertThat(fewer.allowed(0, 1)).isFalse();
        assertThat(fewer.allowed(1, 0)).isFalse();
        assertThat(fewer.allowed(1, 2)).isTrue();
        assertThat(read.problem().allowed(0, 1))
                .as("the problem itself is as before")
                .isTrue();
    }

    @Test
    void withoutCostsConstraintsAreTheSame() {
        CoresProblem problem = new CoresProblem(List.of(1, 3), List.of(2, 4)).prices((request, costs) -> {
            costs.assign(0, 0, 1);
        });
        problem.builder().forbid(0, 1, "not there").current(0, 0);
        RequestProblem read = new RequestReader(problem.request(), false).readConstraints();
        assertThat(read.problem().objective().levels()).isZero();
        assertThat(read.problem().allowed(0, 0)).isTrue();
        assertThat(read.problem().allowed(0, 1)).isFalse();
        assertThat(read.problem().allowed(1, 0)).isFalse();
        assertThat(new RuleProgress(read).cost(0, 0)).isZero();
    }
}
