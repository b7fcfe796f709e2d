// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PartialPlacementTest {

    @Test
    void anItemThatIsTakenAwayLeavesNothingBehind() {
        PartialPlacement partial = new PartialPlacement(new SmallProblem(List.of(2, 2), List.of(3))
                .prices((request, costs) -> costs.open(0, 5))
                .items());
        assertThat(partial.increment(1, 0)).isEqualTo(5 * Costs.MICROS);

        partial.put(0, 0);
        assertThat(partial.clusterOf(0)).isZero();
        assertThat(partial.usedCpuMillis(0)).isEqualTo(2000);
        assertThat(partial.increment(1, 0)).as("the cluster is open").isZero();
        assertThat(partial.admits(1, 0)).isFalse();

        partial.take(0);
        assertThat(partial.clusterOf(0)).isEqualTo(PartialPlacement.NONE);
        assertThat(partial.usedCpuMillis(0)).isZero();
        assertThat(partial.increment(1, 0)).as("it would be opened again").isEqualTo(5 * Costs.MICROS);
        assertThat(partial.admits(1, 0)).isTrue();
    }

    @Test
    void aLinkCostsItsTrafficTimesTheDistanceOnceBothEndsArePlaced() {
        SmallProblem problem =
                new SmallProblem(List.of(1, 1), List.of(3, 3)).prices((request, costs) -> costs.distance(0, 1, 7));
        problem.builder().link(new PlacementLink(0, 1, 3, OptionalDouble.empty()));
        PartialPlacement partial = new PartialPlacement(problem.items());
        assertThat(partial.increment(1, 1)).isZero();

        partial.put(0, 0);
        assertThat(partial.increment(1, 1)).isEqualTo(3 * 7 * Costs.MICROS);
        assertThat(partial.increment(1, 0)).isZero();
    }

    @Test
    void everyObstacleIsSaidWithItsReason() {
        SmallProblem problem = new SmallProblem(List.of(1, 2, 1), List.of(2, 9));
        problem.builder()
                .forbid(0, 0, "outside of the zone")
                .apart(1, 2)
                .latency(0, 1, 30)
                .link(new PlacementLink(2, 0, 1, OptionalDouble.of(20)));
        PartialPlacement partial = new PartialPlacement(problem.items());
        assertThat(partial.obstacle(0, 0)).isEqualTo("outside of the zone");
        assertThat(partial.obstacle(1, 0)).isEmpty();

        partial.put(2, 0);
        assertThat(partial.obstacle(1, 0)).isEqualTo("needs 2 cores, 1 free");
        assertThat(partial.obstacle(0, 1)).isEqualTo("latency of the link from s2 to s0 would exceed 20.0 ms");

        partial.take(2);
        partial.put(2, 1);
        assertThat(partial.obstacle(1, 1)).isEqualTo("must not share a cluster with [s2]");
    }
}
