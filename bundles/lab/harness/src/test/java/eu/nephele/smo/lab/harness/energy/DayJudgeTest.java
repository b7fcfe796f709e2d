// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.LoadProfile;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge finds what is wrong in a day that was falsified. */
class DayJudgeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Scenario scenario = new ThreeRegions(20, 5, 1).scenario();
    private final DayJudge judge = new DayJudge(scenario);

    private static DayService service(String id, int replicas, String... excluded) {
        return new DayService(id, "small", 1, new LoadProfile.Constant(10 * replicas), 10, Set.of(excluded));
    }

    private static SeenGraph seen(DayGraph graph, String one, String other, Placement leaving) {
        return new SeenGraph(
                graph,
                Placement.whole(
                        Map.of("one", new ClusterId("sim", one), "other", new ClusterId("sim", other)),
                        service -> graph.services()
                                .get(service.equals("one") ? 0 : 1)
                                .replicas(Duration.ZERO)),
                leaving,
                Set.of());
    }

    private static DayGraph graph(List<DayGraph.Pair> apart, List<DayGraph.Near> near) {
        return new DayGraph("p", List.of(service("one", 2), service("other", 3, "east")), apart, near);
    }

    private DayResult judged(DayGraph graph, String one, String other) {
        judge.observe(List.of(seen(graph, one, other, Placement.NONE)), Duration.ZERO, HOUR);
        return judge.result("falsified");
    }

    @Test
    void emissionsArePowerTimesIntensity() {
        ClusterModel north = scenario.clusters().get(0);
        int hour = 8;
        double watts = north.energy().idleWatts()
                + 5
                        * (north.energy().peakWatts() - north.energy().idleWatts())
                        / (north.capacity().cpuMillis() / 1000.0);
        DayResult result = judged(graph(List.of(), List.of()), "north", "north");
        assertThat(result.kilograms())
                .isEqualTo(watts * north.carbonGramsPerKwh().get(hour) * 1e-6, within(1e-9));
        assertThat(result.cost()).isEqualTo(5 * north.pricePerCpuHour().orElseThrow(), within(1e-9));
        assertThat(result.isGood()).isTrue();
    }

    @Test
    void whatIsBeingLeftCountsToo() {
        DayGraph graph = graph(List.of(), List.of());
        Placement leaving = Placement.whole(Map.of("one", new ClusterId("sim", "south")), any -> 2);
        judge.observe(List.of(seen(graph, "north", "north", leaving)), Duration.ZERO, HOUR);
        assertThat(judge.result("x").readings().get(0).cores())
                .containsEntry("north", 5.0)
                .containsEntry("south", 2.0)
                .containsEntry("east", 0.0);
    }

    @Test
    void aServiceWhereItMustNotBeIsFound() {
        assertThat(judged(graph(List.of(), List.of()), "east", "south").violated())
                .isEmpty();
        assertThat(judged(graph(List.of(), List.of()), "east", "east").violated())
                .containsExactly("p/other is on east, where it must not be");
    }

    @Test
    void aServiceThatIsNowhereIsFound() {
        DayGraph graph = graph(List.of(), List.of());
        judge.observe(List.of(new SeenGraph(graph, Placement.NONE, Placement.NONE, Set.of())), Duration.ZERO, HOUR);
        DayResult result = judge.result("x");
        assertThat(result.violated()).containsExactly("p/one is nowhere", "p/other is nowhere");
        assertThat(result.missingReplicaHours()).isEqualTo(5, within(1e-9));
    }

    @Test
    void aServiceWhoseOldPlaceIsGivenUpFirstDoesNotServe() {
        DayGraph graph = graph(List.of(), List.of());
        judge.observe(List.of(seen(graph, "north", "north", Placement.NONE)), Duration.ZERO, HOUR);
        Placement moved = Placement.whole(
                Map.of("one", new ClusterId("sim", "south"), "other", new ClusterId("sim", "north")),
                service -> service.equals("one") ? 2 : 3);
        judge.observe(
                List.of(new SeenGraph(graph, moved, Placement.NONE, Set.of("one"))), HOUR, Duration.ofMinutes(10));
        DayResult result = judge.result("x");

        assertThat(result.interruptions()).isEqualTo(1);
        assertThat(result.interruptedMinutes()).isEqualTo(10);
        assertThat(result.moves()).isEqualTo(1);
    }

    /** The second place of a divided service as well as the first one. */
    @Test
    void everyPlaceOfADividedServiceIsJudged() {
        DayGraph graph = graph(
                List.of(new DayGraph.Pair("one", "other")),
                List.of(new DayGraph.Near(new DayGraph.Pair("one", "other"), 15)));
        Placement divided = new Placement(Map.of(
                "one", List.of(new Share(new ClusterId("sim", "south"), 2)),
                "other",
                        List.of(
                                new Share(new ClusterId("sim", "north"), 1),
                                new Share(new ClusterId("sim", "east"), 1),
                                new Share(new ClusterId("sim", "south"), 1))));
        judge.observe(List.of(new SeenGraph(graph, divided, Placement.NONE, Set.of())), Duration.ZERO, HOUR);

        assertThat(judge.result("x").violated())
                .containsExactlyInAnyOrder(
                        "p/other is on east, where it must not be",
                        "p: one and other share a region",
                        "p: one and other are further apart than 15.0 ms");
    }

    @Test
    void servicesThatBelongApartAreFoundTogether() {
        DayGraph graph = graph(List.of(new DayGraph.Pair("one", "other")), List.of());
        assertThat(judged(graph, "north", "south").violated()).isEmpty();
        assertThat(judged(graph, "south", "south").violated()).hasSize(1);
    }

    @Test
    void servicesThatBelongNearAreFoundFarApart() {
        DayGraph graph = graph(List.of(), List.of(new DayGraph.Near(new DayGraph.Pair("one", "other"), 15)));
        assertThat(judged(graph, "east", "south").violated()).as("12 ms").isEmpty();
        assertThat(judged(graph, "south", "south").violated()).isEmpty();
        assertThat(judged(graph, "south", "north").violated()).as("24 ms").hasSize(1);
    }

    @Test
    void aRegionThatRunsMoreThanItHasIsFound() {
        int cores = (int) (scenario.clusters().get(0).capacity().cpuMillis() / 1000);
        DayGraph large = new DayGraph(
                "p",
                List.of(
                        new DayService("one", "large", cores, new LoadProfile.Constant(20), 10, Set.of()),
                        service("other", 1)),
                List.of(),
                List.of());
        assertThat(judged(large, "north", "south").faults())
                .containsExactly("north runs more than its %d cores".formatted(cores));
    }

    @Test
    void theFifthMoveIsOneTooMany() {
        DayGraph graph = graph(List.of(), List.of());
        for (String place : List.of("north", "south", "north", "south", "north")) {
            assertThat(judged(graph, place, "north").faults()).isEmpty();
        }
        DayResult result = judged(graph, "south", "north");
        assertThat(result.faults()).containsExactly("p/one moved 5 times, at most 4 are allowed");
        assertThat(List.of(result.moves(), result.mostMoves())).containsOnly(5);
        assertThat(result.isGood()).isFalse();
    }
}
