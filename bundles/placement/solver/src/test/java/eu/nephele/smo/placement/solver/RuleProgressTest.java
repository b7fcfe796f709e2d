// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RuleProgressTest {

    @Test
    void anItemThatIsTakenAwayLeavesNothingBehind() {
        RuleProgress partial = new RuleProgress(new CoresProblem(List.of(2, 2), List.of(3))
                .prices((request, costs) -> costs.open(0, 5))
                .read());
        assertThat(partial.cost(1, 0)).isEqualTo(5 * Costs.MICROS);

        partial.put(0, 0);
        assertThat(partial.clusterOf(0)).isZero();
        assertThat(partial.usedCpuMillis(0)).isEqualTo(2000);
        assertThat(partial.cost(1, 0)).as("the cluster is open").isZero();
        assertThat(partial.admits(1, 0)).isFalse();

        partial.take(0);
        assertThat(partial.clusterOf(0)).isEqualTo(AssignmentProblem.NOWHERE);
        assertThat(partial.usedCpuMillis(0)).isZero();
        assertThat(partial.cost(1, 0)).as("it would be opened again").isEqualTo(5 * Costs.MICROS);
        assertThat(partial.admits(1, 0)).isTrue();
    }

    @Test
    void aLinkCostsItsTrafficTimesTheDistanceOnceBothEndsArePlaced() {
        CoresProblem problem =
                new CoresProblem(List.of(1, 1), List.of(3, 3)).prices((request, costs) -> costs.distance(0, 1, 7));
        problem.builder().link(new PlacementLink(0, 1, 3, OptionalDouble.empty()));
        RuleProgress partial = new RuleProgress(problem.read());
        assertThat(partial.cost(1, 1)).isZero();

        partial.put(0, 0);
        assertThat(partial.cost(1, 1)).isEqualTo(3 * 7 * Costs.MICROS);
        assertThat(partial.cost(1, 0)).isZero();
    }

    /** By the resource that is scarcest afterwards, of those that the item asks for. */
    @Test
    void whatIsLeftIsTheLeastShareOfACapacity() {
        Resources asked = new Resources(1000, 30, 0, 1);
        Resources free = new Resources(4000, 100, 0, Resources.UNLIMITED);
        Resources half = new Resources(4000, 50, 0, 1);
        Resources allocatable = new Resources(8000, 200, 0, 1);
        RuleProgress state = new RuleProgress(RequestProblem.from(new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        List.of(
                                new PlacementService("a", asked, 1, 1),
                                new PlacementService("b", new Resources(1000, 0, 0, 0), 1, 1),
                                new PlacementService("none", asked, 0, 1)),
                        List.of(
                                ClusterCapacity.of(new ClusterId("test", "c0"), free),
                                new ClusterCapacity(
                                        new ClusterId("test", "c1"),
                                        half,
                                        allocatable,
                                        true,
                                        Map.of(),
                                        EnergyProfile.UNKNOWN,
                                        ClusterSignals.UNKNOWN)))
                .build()));
        assertThat(state.shareLeft(0, 0)).isEqualTo(700_000_000);
        assertThat(state.shareLeft(0, 1)).as("no GPU is left").isZero();
        assertThat(state.shareLeft(1, 1)).isEqualTo(375_000_000);
        assertThat(state.shareLeft(2, 1)).isEqualTo(1_000_000_000);

        state.put(1, 0);
        assertThat(state.shareLeft(0, 0)).isEqualTo(500_000_000);
    }
}
