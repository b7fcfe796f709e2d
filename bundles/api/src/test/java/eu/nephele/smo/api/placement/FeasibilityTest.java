// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Every rule a placement can break is found, and a good one is not complained about. */
class FeasibilityTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");

    private final PlacementRequestBuilder problem = new PlacementRequestBuilder(
            new GraphId("p", "g"),
            DecisionReason.DEPLOY,
            List.of(service("a", 2, 1), service("b", 1, 1)),
            List.of(ClusterCapacity.of(C2, cores(2)), ClusterCapacity.of(C1, cores(3))));

    @Test
    void aGoodPlacementHasNoViolation() {
        assertThat(violations(place(C1, C2))).isEmpty();
        assertThat(violations(place(C1, C1))).isEmpty();
    }

    @Test
    void findsAnExceededCapacity() {
        assertThat(violations(place(C2, C2)))
                .singleElement()
                .asString()
                .contains("c2")
                .contains("needs");
    }

    @Test
    void findsServicesThatAreMissingIncompleteOrUnknown() {
        assertThat(violations(new Placement(Map.of("a", List.of(new Share(C1, 2))))))
                .anyMatch(text -> text.contains("service b: 0 of 1"));
        assertThat(violations(new Placement(Map.of("a", List.of(new Share(C1, 1)), "b", List.of(new Share(C1, 1))))))
                .anyMatch(text -> text.contains("service a: 1 of 2"));
        assertThat(violations(place(C1, C1).with("z", List.of(new Share(C1, 1)))))
                .anyMatch(text -> text.contains("service z is not part"));
    }

    @Test
    void findsForbiddenAndUnknownClusters() {
        problem.forbid(0, 0, "no GPU");
        assertThat(violations(place(C1, C1))).anyMatch(text -> text.contains("not allowed on c1: no GPU"));
        assertThat(violations(place(new ClusterId("sim", "c9"), C1))).anyMatch(text -> text.contains("c9"));
    }

    @Test
    void findsBrokenGroupsAndPairs() {
        problem.together(List.of(0, 1));
        assertThat(violations(place(C1, C2))).anyMatch(text -> text.contains("must share a cluster"));
        PlacementRequestBuilder apart = new PlacementRequestBuilder(
                new GraphId("p", "g"), DecisionReason.DEPLOY, problem.services(), problem.clusters());
        apart.apart(1, 0);
        assertThat(Feasibility.violations(apart.build(), place(C1, C1)))
                .anyMatch(text -> text.contains("must not share a cluster"));
    }

    @Test
    void anUnknownLatencyBreaksAHardLimit() {
        problem.link(new PlacementLink(0, 1, 1, OptionalDouble.of(10)));
        assertThat(violations(place(C1, C1))).isEmpty();
        assertThat(violations(place(C1, C2))).anyMatch(text -> text.contains("unknown"));
        problem.latency(0, 1, 11).latency(1, 0, 5);
        assertThat(violations(place(C1, C2))).anyMatch(text -> text.contains("11.0 ms"));
        assertThat(violations(place(C2, C1))).noneMatch(text -> text.contains("latency"));
    }

    @Test
    void sharesWithoutReplicasDoNotSpreadAService() {
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("p", "g"), DecisionReason.DEPLOY, List.of(service("a", 2, 2)), problem.clusters())
                .build();
        assertThat(Feasibility.violations(
                        request, new Placement(Map.of("a", List.of(new Share(C1, 1), new Share(C2, 1))))))
                .isEmpty();
        assertThat(Feasibility.violations(
                        request, new Placement(Map.of("a", List.of(new Share(C1, 2), new Share(C2, 0))))))
                .anyMatch(text -> text.contains("runs on 1 clusters, expected at least 2"));
        assertThat(Feasibility.violations(
                        request, new Placement(Map.of("a", List.of(new Share(C1, 1), new Share(C1, 1))))))
                .anyMatch(text -> text.contains("two of its shares"));
    }

    @Test
    void groupsThatShareAServiceBecomeOne() {
        problem.together(List.of(0)).together(List.of(1)).together(List.of(0, 1));
        assertThat(problem.build().together()).containsExactly(List.of(0, 1));
    }

    @Test
    void currentPlacesOutsideTheProblemAreLeftOut() {
        problem.current(place(new ClusterId("sim", "gone"), C2));
        assertThat(problem.build().current(0)).isEmpty();
        assertThat(problem.build().current(1)).hasValue(1);
    }

    private List<String> violations(Placement placement) {
        return Feasibility.violations(problem.build(), placement);
    }

    private static Placement place(ClusterId a, ClusterId b) {
        return new Placement(Map.of("a", List.of(new Share(a, 2)), "b", List.of(new Share(b, 1))));
    }

    private static PlacementService service(String id, int replicas, int overClusters) {
        return new PlacementService(id, cores(1), replicas, overClusters);
    }

    private static Resources cores(int cores) {
        return new Resources(cores * 1000L, 0, 0, 0);
    }
}
