// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSearchTest {

    private final PlacementRule rule = new LeastCostRule();

    /** Each of s0 and s1 is cheapest on c0, where s2 has to be. */
    @Test
    void whereOneOtherCanLeaveTheRuleGoesOn() {
        CoresProblem problem = new CoresProblem(List.of(1, 1, 2), List.of(3, 1)).prices((request, costs) -> {
            costs.assign(0, 1, 1);
            costs.assign(1, 1, 2);
        });
        problem.builder().forbid(2, 1, "not there");
        RequestProblem read = problem.read();
        Placed placed = (Placed) new RuleSearch(read, rule, SimpleContext.unlimited())
                .inOrder(read.asWritten(), (state, item, chosen, other) -> "no");
        assertThat(placed.quality().note()).isEmpty();
        assertThat(placed.rejected()).as("s0 is not where the rule had put it").isEmpty();
        assertThat(placed.placement().clusterOf("s0"))
                .contains(read.request().clusters().get(1).id());
    }

    @Test
    void smallProblemsAreSearchedCompletely() {
        // the rule puts 5 and 3 together, 4 and 3; 5 and 4 fit, and all others
        RequestProblem read = new CoresProblem(List.of(5, 3, 4, 3, 3), List.of(9, 9)).read();
        Placed placed = (Placed) new RuleSearch(read, rule, SimpleContext.unlimited()).inOrder(read.asWritten());
        assertThat(placed.quality().note()).isEqualTo("found by backtracking");
        assertThat(Feasibility.violations(read.request(), placed.placement())).isEmpty();

        RequestProblem tooMuch = new CoresProblem(List.of(2, 2, 2), List.of(3, 3)).read();
        PlacementResult no = new RuleSearch(tooMuch, rule, SimpleContext.unlimited()).inOrder(tooMuch.asWritten());
        assertThat(((Infeasible) no).reasons()).containsOnlyKeys("s2");
    }

    @ParameterizedTest(name = "{0} services, {1} clusters, {2} of the capacity spare")
    @CsvSource({"60, 20, 0.05", "200, 20, 0.03", "600, 60, 0.05"})
    void tightProblemsAreRepairedAndTheSameSeedFindsTheSame(int services, int clusters, double spare) {
        PlacementRequest request = RandomProblems.federation(4, services, clusters, spare);
        RequestProblem read = RequestProblem.from(request);
        Placed placed = (Placed)
                new RuleSearch(read, FreeShareRule.LEAST, SimpleContext.unlimited()).inOrder(read.largestFirst());
        assertThat(placed.quality().note()).isEqualTo("found by a repair");
        assertThat(Feasibility.violations(request, placed.placement())).isEmpty();

        long units = placed.quality().workUnits().orElseThrow();
        SimpleContext replay = SimpleContext.unlimited().withWorkBudget(units);
        assertThat(new RuleSearch(read, FreeShareRule.LEAST, replay).inOrder(read.largestFirst()))
                .isEqualTo(placed);
    }

    /** The rule fills c0 with s0, which leaves no place for s1 there, and without work nothing is taken back. */
    @Test
    void withoutWorkTheFirstFitIsBetterThanNothing() {
        CoresProblem problem = new CoresProblem(List.of(1, 3), List.of(1, 3)).prices((request, costs) -> {
            costs.assign(0, 0, 1);
        });
        RequestProblem read = problem.read();
        Placed placed = (Placed)
                new RuleSearch(read, rule, SimpleContext.unlimited().withWorkBudget(0)).inOrder(read.asWritten());
        assertThat(placed.quality().note())
                .isEqualTo("each service on the first cluster with room, nothing else was found");
        assertThat(placed.quality().workUnits()).hasValue(0);
        assertThat(Feasibility.violations(read.request(), placed.placement())).isEmpty();
    }

    @Test
    void aServiceThatFitsNowhereAloneEndsTheSearch() {
        RequestProblem read = new CoresProblem(List.of(1, 9), List.of(4, 4)).read();
        PlacementResult no = new RuleSearch(read, rule, SimpleContext.unlimited()).byRegret(read.largestFirst());
        assertThat(((Infeasible) no).reasons().get("s1").values())
                .allSatisfy(reason -> assertThat(reason).isEqualTo("needs 9 cores, 4 free"));
    }

    @Test
    void withoutServicesThereIsNothingToPlace() {
        RequestProblem read = new CoresProblem(List.of(), List.of()).read();
        PlacementResult none = new RuleSearch(read, rule, SimpleContext.unlimited()).byRegret(read.largestFirst());
        assertThat(none).isInstanceOf(Placed.class);
    }
}
