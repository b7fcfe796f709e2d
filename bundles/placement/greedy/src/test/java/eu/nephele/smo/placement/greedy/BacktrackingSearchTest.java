// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

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
        PlacementItems items = new SmallProblem(List.of(1, 1), List.of(1, 1, 1))
                .prices((request, costs) -> {
                    costs.assign(0, 0, 3);
                    costs.assign(0, 1, 2);
                    costs.assign(0, 2, 1);
                })
                .items();
        PartialPlacement found = new BacktrackingSearch(items, budget).run().orElseThrow();
        assertThat(found.clusterOf(0)).isEqualTo(2);
        assertThat(found.clusterOf(1)).isZero();
    }

    @Test
    void theItemWithTheFewestClustersIsNextSoThatNothingIsTakenBack() {
        PlacementItems items = new SmallProblem(List.of(1, 3), List.of(3, 1)).items();
        PartialPlacement found = new BacktrackingSearch(items, budget).run().orElseThrow();
        assertThat(found.clusterOf(0)).isEqualTo(1);
        assertThat(found.clusterOf(1)).isZero();
        assertThat(budget.units()).isEqualTo(2);
    }

    @Test
    void amongEqualsTheFirstItemIsNext() {
        PlacementItems items = new SmallProblem(List.of(1, 1), List.of(1, 1)).items();
        PartialPlacement found = new BacktrackingSearch(items, budget).run().orElseThrow();
        assertThat(found.clusterOf(0)).isZero();
        assertThat(found.clusterOf(1)).isEqualTo(1);
    }

    @Test
    void aSearchThatFindsNothingEndsAfterFiveThousandSteps() {
        PlacementItems items = new SmallProblem(Collections.nCopies(16, 2), Collections.nCopies(8, 3)).items();
        assertThat(new BacktrackingSearch(items, budget).run()).isEmpty();
        assertThat(budget.units()).isEqualTo(5000);
    }

    @Test
    void withoutTimeNothingIsFound() {
        PlacementItems items = new SmallProblem(List.of(1), List.of(1)).items();
        WorkBudget none = new WorkBudget(SimpleContext.unlimited().withWorkBudget(0));
        Optional<PartialPlacement> found = new BacktrackingSearch(items, none).run();
        assertThat(found).isEmpty();
        assertThat(none.units()).isZero();
    }

    @Test
    void aBudgetThatIsSpentStaysSpent() {
        WorkBudget two = new WorkBudget(SimpleContext.unlimited().withWorkBudget(2));
        assertThat(List.of(two.spend(), two.spend(), two.spend(), two.spend()))
                .containsExactly(true, true, false, false);
        assertThat(two.units()).isEqualTo(2);
    }
}
