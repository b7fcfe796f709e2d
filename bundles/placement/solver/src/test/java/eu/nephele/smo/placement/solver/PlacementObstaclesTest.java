// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.lab.conformance.RandomProblems;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlacementObstaclesTest {

    private static final int NOWHERE = AssignmentProblem.NOWHERE;

    @Test
    void everyObstacleIsSaidWithItsReason() {
        CoresProblem problem = new CoresProblem(List.of(1, 2, 1), List.of(2, 9));
        problem.builder()
                .forbid(0, 0, "outside of the zone")
                .apart(1, 2)
                .latency(0, 1, 30)
                .link(new PlacementLink(2, 0, 1, OptionalDouble.of(20)));
        RequestProblem read = problem.read();
        PlacementObstacles obstacles = new PlacementObstacles(read);
        RuleProgress partial = new RuleProgress(read);
        assertThat(obstacles.obstacle(partial, 0, 0)).isEqualTo("outside of the zone");
        assertThat(obstacles.obstacle(partial, 1, 0)).isEmpty();

        partial.put(2, 0);
        assertThat(obstacles.obstacle(partial, 1, 0)).isEqualTo("needs 2 cores, 1 free");
        assertThat(obstacles.obstacle(partial, 0, 1))
                .isEqualTo("latency of the link from s2 to s0 would exceed 20.0 ms");

        partial.take(2);
        partial.put(2, 1);
        assertThat(obstacles.obstacle(partial, 1, 1)).isEqualTo("must not share a cluster with service s2");
    }

    @Test
    void oneItemOfSeveralServicesHasTheObstaclesOfEach() {
        CoresProblem problem = new CoresProblem(List.of(1, 2, 1), List.of(3, 9));
        problem.builder().together(List.of(0, 1)).apart(1, 2).forbid(1, 0, "not there");
        RequestProblem read = problem.read();
        RuleProgress partial = new RuleProgress(read, new int[] {NOWHERE, 1});
        assertThat(new PlacementObstacles(read).against(partial, 0, "no: "))
                .isEqualTo(Map.of("s0", expected(), "s1", expected()));
    }

    private static Map<ClusterId, String> expected() {
        return Map.of(
                new ClusterId("test", "c0"), "no: not there",
                new ClusterId("test", "c1"), "no: must not share a cluster with service s2");
    }

    @Test
    void anObstacleIsToldJustWhereAnItemIsNotAdmitted() {
        for (long seed = 0; seed < 500; seed++) {
            RequestProblem read = RequestProblem.from(RandomProblems.small(seed));
            PlacementObstacles obstacles = new PlacementObstacles(read);
            FirstFitConstruction firstFit = new FirstFitConstruction(read.problem());
            int next = firstFit.run();
            if (next != NOWHERE) {
                int[] at = firstFit.at();
                at[0] = NOWHERE;
                RuleProgress partial = new RuleProgress(read, at);
                for (int cluster = 0; cluster < read.problem().clusters(); cluster++) {
                    assertThat(obstacles.obstacle(partial, next, cluster).isEmpty())
                            .as("seed %d, cluster %d", seed, cluster)
                            .isEqualTo(partial.admits(next, cluster));
                }
            }
        }
    }

    @Test
    void theReasonsAgainstOtherClustersAreThoseOfTheMomentOfTheChoice() {
        RequestProblem read = new CoresProblem(List.of(1, 1), List.of(2, 2)).read();
        Map<String, Map<ClusterId, String>> rejected = new PlacementObstacles(read)
                .rejected(new int[] {1, 0}, new int[] {1, 0}, (placed, item, chosen, other) -> "%d on %d, s1 on %d"
                        .formatted(item, chosen, placed.clusterOf(1)));
        assertThat(rejected)
                .isEqualTo(Map.of(
                        "s1", Map.of(new ClusterId("test", "c1"), "1 on 0, s1 on -1"),
                        "s0", Map.of(new ClusterId("test", "c0"), "0 on 1, s1 on 0")));
        assertThat(rejected.keySet()).containsExactly("s1", "s0");
    }

    @Test
    void moreThanTwoHundredPairsHaveNoReasons() {
        List<Integer> clusters = Collections.nCopies(67, 9);
        RequestProblem read = new CoresProblem(List.of(1, 1, 1), clusters).read();
        assertThat(new PlacementObstacles(read)
                        .rejected(read.asWritten(), new int[3], (placed, item, chosen, other) -> "no")
                        .values())
                .allSatisfy(reasons -> assertThat(reasons).isEmpty());
    }
}
