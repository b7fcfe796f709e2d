// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacktrackingSearchTest {

    private final WorkBudget budget = new WorkBudget(SimpleContext.unlimited());

    @Test
    void cheapClustersAreTriedFirst() {
        RequestProblem read = new CoresProblem(List.of(1, 1), List.of(1, 1, 1))
                .prices((request, costs) -> {
                    costs.assign(0, 0, 3);
                    costs.assign(0, 1, 2);
                    costs.assign(0, 2, 1);
                })
                .read();
        int[] found = new BacktrackingSearch(read, budget).run().orElseThrow();
        assertThat(found).containsExactly(2, 0);
    }

    @Test
    void theItemWithTheFewestClustersIsNextSoThatNothingIsTakenBack() {
        RequestProblem read = new CoresProblem(List.of(1, 3), List.of(3, 1)).read();
        int[] found = new BacktrackingSearch(read, budget).run().orElseThrow();
        assertThat(found).containsExactly(1, 0);
        assertThat(budget.units()).isEqualTo(2);
    }

    @Test
    void amongEqualsTheFirstItemIsNext() {
        RequestProblem read = new CoresProblem(List.of(1, 1), List.of(1, 1)).read();
        int[] found = new BacktrackingSearch(read, budget).run().orElseThrow();
        assertThat(found).containsExactly(0, 1);
    }

    @Test
    void aSearchThatFindsNothingEndsAfterFiveThousandSteps() {
        RequestProblem read = new CoresProblem(Collections.nCopies(16, 2), Collections.nCopies(8, 3)).read();
        BacktrackingSearch search = new BacktrackingSearch(read, budget);
        assertThat(search.run()).isEmpty();
        assertThat(search.gaveUp()).isTrue();
        assertThat(budget.units()).isEqualTo(5000);
    }

    @Test
    void withoutTimeNothingIsFound() {
        RequestProblem read = new CoresProblem(List.of(1), List.of(1)).read();
        WorkBudget none = new WorkBudget(SimpleContext.unlimited().withWorkBudget(0));
        Optional<int[]> found = new BacktrackingSearch(read, none).run();
        assertThat(found).isEmpty();
        assertThat(none.units()).isZero();
    }

    @Test
    void itSaysWhetherAllWasTried() {
        BacktrackingSearch search = new BacktrackingSearch(new CoresProblem(List.of(2, 2), List.of(3)).read(), budget);
        assertThat(search.run()).isEmpty();
        assertThat(search.gaveUp()).isFalse();
    }
}
