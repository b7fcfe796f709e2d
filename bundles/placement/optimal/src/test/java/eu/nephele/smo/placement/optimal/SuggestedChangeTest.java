// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.solver.Counterfactual;
import eu.nephele.smo.placement.solver.CounterfactualSearch;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What an infeasible request would have to have is enough for the strategy, too, which decides on its own. */
class SuggestedChangeTest {

    private static final int INFEASIBLE = 500;

    private final OptimalStrategy strategy = new OptimalStrategy(500, 100_000, 1);

    @AfterEach
    void close() {
        strategy.close();
    }

    @Test
    void theStrategyPlacesWhateverHasTheSuggestedChanges(TestReporter reporter) {
        Map<String, Integer> kinds = new HashMap<>();
        int infeasible = 0;
        int divided = 0;
        for (long seed = 0; infeasible < INFEASIBLE; seed++) {
            PlacementRequest request = RandomProblems.crowded(seed);
            if (strategy.place(request, SimpleContext.unlimited()) instanceof Infeasible refusal) {
                Counterfactual found = find(request);
                assertThat(refusal.counterfactual()).contains(found.text());
                assertThat(found.changes())
                        .as("seed %d: %s", seed, found.text())
                        .isNotEmpty();
                PlacementRequest changed = found.apply(request);
                assertThat(strategy.place(changed, SimpleContext.unlimited()))
                        .as("seed %d: %s", seed, found.text())
                        .isInstanceOfSatisfying(
                                Placed.class, placed -> assertThat(Feasibility.violations(changed, placed.placement()))
                                        .isEmpty());
                infeasible++;
                divided += request.services().stream().anyMatch(PlacementService::isDivided) ? 1 : 0;
                String kind = found.changes().size() > 1
                        ? "several"
                        : found.changes().get(0).getClass().getSimpleName();
                kinds.merge(kind, 1, Integer::sum);
            }
        }
        reporter.publishEntry("suggested changes", kinds.toString());
        assertThat(divided).isGreaterThan(INFEASIBLE / 10);
        assertThat(kinds).hasSizeGreaterThan(4);
    }

    private static Counterfactual find(PlacementRequest request) {
        return new CounterfactualSearch(request, new WorkBudget(SimpleContext.unlimited()))
                .find()
                .orElseThrow();
    }
}
