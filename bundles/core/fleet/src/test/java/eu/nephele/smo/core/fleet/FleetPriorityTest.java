// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.fleet.FleetPlan.NotMade;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worlds with too little room: those that find no place are the least important ones. */
class FleetPriorityTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId C3 = new ClusterId("sim", "c3");

    private StrategyModule strategies;
    private final RankedFleet fleet = new RankedFleet();

    @BeforeEach
    void start() {
        strategies = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        strategies
                .registry()
                .add(new AutoStrategy(), Map.of(PlacementStrategy.ID, "auto", PlacementStrategy.VERSION, "1.0.0"));
        strategies.registry().add(new MovesObjective(), Map.of(PlacementObjective.NAME, "moves"));
    }

    @AfterEach
    void end() {
        strategies.close();
    }

    /** Graphs of one service each. */
    private static final class RankedFleet implements FleetWorld {

        private final List<ClusterCapacity> clusters = new ArrayList<>();
        private final List<FleetMember> members = new ArrayList<>();

        void cluster(ClusterId cluster, int cores) {
            clusters.add(ClusterCapacity.of(cluster, cores(cores)));
        }

        void graph(String name, int priority, int cores, ClusterId at) {
            GraphId graph = new GraphId("p", name);
            PlacementRequestBuilder builder = new PlacementRequestBuilder(
                    graph, DecisionReason.REPLACE, List.of(new PlacementService("s", cores(cores), 1, 1)), clusters);
            builder.current(
                    0, clusters.stream().map(ClusterCapacity::id).toList().indexOf(at));
            members.add(new FleetMember(
                    graph,
                    "1:1",
                    priority,
                    builder.build(),
                    Map.of(at, cores(cores)),
                    "",
                    OptionalInt.empty(),
                    Map.of()));
        }

        @Override
        public List<GraphId> graphs() {
            return members.stream().map(FleetMember::graph).toList();
        }

        @Override
        public FleetSnapshot snapshot(Collection<GraphId> graphs, List<ClusterState> added) {
            return new FleetSnapshot(clusters, members, Map.of());
        }

        @Override
        public String basis(GraphId graph) {
            return "1:1";
        }

        @Override
        public boolean fits(Map<ClusterId, Resources> more) {
            return true;
        }

        @Override
        public Change move(
                GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin) {
            throw SmoException.conflict("Nothing of another world can be applied");
        }
    }

    private static Resources cores(int count) {
        return new Resources(count * 1_000L, 0, 0, 0);
    }

    private FleetPlan plan(WhatIf whatIf, int blockServices) {
        return new FleetPlanner(
                        new FleetDependencies(fleet, strategies.trials(), strategies.pricing(), strategies.catalog()),
                        new FleetSettings(
                                "auto", 50, Duration.ofSeconds(5), blockServices, Duration.ofMinutes(15), 20, 10),
                        Clock.systemUTC(),
                        System::nanoTime)
                .plan(new FleetRequest(
                        Set.of(),
                        Map.of("moves", 1.0),
                        OptionalInt.empty(),
                        Optional.of("auto"),
                        OptionalInt.of(5),
                        Optional.of(whatIf)));
    }

    private static List<String> unplaced(FleetPlan plan) {
        return plan.notMade().stream().map(each -> each.graph().name()).toList();
    }

    @Test
    void afterALossTheLeastImportantFindNoPlace() {
        fleet.cluster(C1, 4);
        fleet.cluster(C2, 4);
        fleet.graph("a", 0, 1, C1);
        fleet.graph("b", -1, 1, C1);
        fleet.graph("c", 7, 1, C1);
        fleet.graph("d", 3, 1, C1);
        fleet.graph("stays", -9, 2, C2);
        FleetPlan plan = plan(new WhatIf(Set.of("c1"), 1, List.of()), 2_000);
        assertThat(unplaced(plan)).containsExactly("a", "b");
        assertThat(plan.notMade()).extracting(NotMade::priority).containsExactly(0, -1);
        // it keeps its place: nothing is taken from a graph that runs
        assertThat(plan.staying()).containsOnlyKeys(new GraphId("p", "stays"));
        assertThat(plan.steps()).extracting(step -> step.graph().name()).containsExactlyInAnyOrder("c", "d");

        JsonObject json = FleetPlanJson.json(new KeptPlan(plan, KeptPlan.PlanOrigin.ASKED));
        assertThat(json.get("notMade").orElseThrow().asArray().orElseThrow())
                .map(each -> each.asObject().orElseThrow().get("priority").flatMap(JsonValue::asNumber))
                .map(priority -> priority.orElseThrow().intValue())
                .containsExactly(0, -1);
    }

    @Test
    void withMoreDemandAllIsPlacedAnewAndTheLeastImportantFindNoPlace() {
        fleet.cluster(C1, 4);
        fleet.cluster(C2, 4);
        fleet.graph("a", -5, 2, C1);
        fleet.graph("b", 5, 2, C1);
        fleet.graph("c", 0, 2, C2);
        fleet.graph("d", 1, 2, C2);
        // of 3 cores each there is room for one on each cluster
        FleetPlan plan = plan(new WhatIf(Set.of(), 1.5, List.of()), 2_000);
        assertThat(unplaced(plan)).containsExactly("c", "a");
    }

    @Test
    void equalsDoNotKeepEachOtherFromAPlace() {
        fleet.cluster(C1, 4);
        fleet.cluster(C2, 4);
        Map.of("a", C1, "b", C1, "c", C2, "d", C2).forEach((name, at) -> fleet.graph(name, 0, 2, at));
        assertThat(unplaced(plan(new WhatIf(Set.of(), 1.5, List.of()), 2_000))).hasSize(2);
    }

    /** With blocks of three services as well: those of less important graphs come later. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noGraphIsWithoutAPlaceThatALessImportantOneHas(long seed) {
        Random random = new Random(seed);
        fleet.cluster(C1, 40);
        fleet.cluster(C2, 12);
        fleet.cluster(C3, 12);
        for (int g = 0; g < 14; g++) {
            fleet.graph("g%02d".formatted(g), random.nextInt(5) - 2, 1 + random.nextInt(4), C1);
        }
        fleet.graph("k2", -3, 4, C2);
        fleet.graph("k3", -3, 3, C3);
        boolean anew = seed % 2 == 0;
        FleetPlan plan = plan(new WhatIf(Set.of("c1"), anew ? 1.25 : 1, List.of()), seed % 4 < 2 ? 3 : 2_000);
        assertThat(plan.notMade()).isNotEmpty();
        assertThat(plan.faults()).isEmpty();

        Map<GraphId, ClusterId> places = new TreeMap<>();
        fleet.members.forEach(member -> member.reserved().keySet().stream()
                .filter(cluster -> !cluster.equals(C1))
                .forEach(cluster -> places.put(member.graph(), cluster)));
        plan.steps()
                .forEach(step -> places.putAll(
                        Map.of(step.graph(), step.places().values().iterator().next())));
        plan.notMade().forEach(each -> places.remove(each.graph()));
        for (NotMade out : plan.notMade()) {
            for (ClusterId cluster : List.of(C2, C3)) {
                long atLeastAsImportant = fleet.members.stream()
                        .filter(member -> cluster.equals(places.get(member.graph())))
                        .filter(member -> member.priority() >= out.priority() || (!anew && isKept(member)))
                        .mapToLong(member -> demand(member, anew))
                        .sum();
                long wanted = fleet.members.stream()
                        .filter(member -> member.graph().equals(out.graph()))
                        .mapToLong(member -> demand(member, anew))
                        .sum();
                assertThat(atLeastAsImportant + wanted)
                        .as("%s of priority %d on %s: %s", out.graph(), out.priority(), cluster, places)
                        .isGreaterThan(12_000);
            }
        }
    }

    private static boolean isKept(FleetWorld.FleetMember member) {
        return member.graph().name().startsWith("k");
    }

    private static long demand(FleetWorld.FleetMember member, boolean anew) {
        long cpu = member.problem().services().get(0).demand().cpuMillis();
        return anew ? (long) Math.ceil(cpu * 1.25) : cpu;
    }
}
