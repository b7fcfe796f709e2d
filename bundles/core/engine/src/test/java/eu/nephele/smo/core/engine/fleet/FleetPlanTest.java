// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetRequest.AddedCluster;
import eu.nephele.smo.core.contract.fleet.FleetRequest.WhatIf;
import eu.nephele.smo.core.contract.fleet.FleetService;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.fleet.AuthorizedFleetService;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thirty graphs that first-fit has put on the dirtiest clusters, looked at together. */
class FleetPlanTest {

    private static final int GRAPHS = 30;
    private static final long GIB = 1L << 30;
    private static final Duration LONG = Duration.ofMinutes(10);

    private EmbeddedCore core;
    private FleetService fleet;

    @BeforeEach
    void deploy() throws Exception {
        core = EmbeddedCore.withoutScaling(
                Scenario.of(
                        Duration.ofSeconds(1), cluster("c1", 20, 600), cluster("c2", 20, 400), cluster("c3", 20, 50)),
                "fleet-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        for (int g = 0; g < GRAPHS; g++) {
            core.deploy("p", Hdag.of("g" + g, "s" + g));
        }
        core.passUntil(this::allRun, LONG);
        fleet = new AuthorizedFleetService(core.fleet(), AccessControl.unrestricted());
    }

    @AfterEach
    void end() {
        core.close();
    }

    private static ClusterModel cluster(String name, int cores, double carbon) {
        return new ClusterModel(
                name,
                new Resources(cores * 1_000L, 100 * GIB, 1_000 * GIB, 0),
                "",
                Map.of(),
                new EnergyProfile(100, 500),
                Collections.nCopies(24, carbon),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Resources.NONE);
    }

    private static GraphId graph(int number) {
        return new GraphId("p", "g" + number);
    }

    private boolean allRun() {
        for (int g = 0; g < GRAPHS; g++) {
            if (core.view(graph(g)).phase() != GraphPhase.RUNNING) {
                return false;
            }
        }
        return true;
    }

    private static FleetRequest asking(int maxMoves) {
        return new FleetRequest(
                Set.of(),
                Map.of("carbon", 1.0),
                OptionalInt.of(maxMoves),
                Optional.of("greedy"),
                OptionalInt.of(5),
                Optional.empty());
    }

    private static FleetRequest asking(WhatIf whatIf) {
        return new FleetRequest(
                Set.of(),
                Map.of("carbon", 1.0),
                OptionalInt.empty(),
                Optional.of("greedy"),
                OptionalInt.of(5),
                Optional.of(whatIf));
    }

    private static JsonNode json(JsonObject object) {
        try {
            return new ObjectMapper().readTree(object.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode plan(FleetRequest request) {
        return json(fleet.plan(request, CallContext.INTERNAL));
    }

    private JsonNode found(JsonNode plan) {
        return json(fleet.find(plan.path("id").asText(), CallContext.INTERNAL).orElseThrow());
    }

    private long on(String cluster) {
        return IntStream.range(0, GRAPHS)
                .filter(g -> core.view(graph(g))
                        .placement()
                        .clusterOf("s" + g)
                        .map(ClusterId::name)
                        .equals(Optional.of(cluster)))
                .count();
    }

    @Test
    void anAppliedPlanRunsWhereItSaysAndNoClusterIsEverOverbooked() {
        assertThat(on("c3")).isZero();
        JsonNode plan = plan(asking(15));
        assertThat(plan.path("moves").asInt()).isEqualTo(15);
        assertThat(plan.path("costAfter").asDouble())
                .isLessThan(plan.path("costBefore").asDouble());
        assertThat(plan.at("/objectives/0/after").asDouble())
                .isLessThan(plan.at("/objectives/0/before").asDouble());

        fleet.apply(plan.path("id").asText(), CallContext.INTERNAL);
        core.passUntil(
                () -> {
                    core.world.clusters().clusters().forEach(FleetPlanTest::isNotOverbooked);
                    return !found(plan).path("state").asText().equals("applying");
                },
                LONG);

        assertThat(found(plan).path("state").asText())
                .as(found(plan).toString())
                .isEqualTo("applied");
        assertThat(found(plan).path("steps"))
                .allSatisfy(step -> assertThat(step.path("state").asText()).isEqualTo("done"));
        assertThat(on("c3")).isEqualTo(15);
        plan.path("steps").forEach(step -> step.path("moves").forEach(move -> assertThat(
                        core.view(new GraphId("p", step.path("graph").asText()))
                                .placement()
                                .clusterOf(move.path("service").asText())
                                .map(ClusterId::name))
                .contains(move.at("/to/name").asText())));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> fleet.apply(plan.path("id").asText(), CallContext.INTERNAL))
                .withMessageContaining("was applied before");
    }

    private static void isNotOverbooked(ClusterState state) {
        assertThat(state.allocated().shortage(state.allocatable()))
                .as("on %s", state.id())
                .isEmpty();
    }

    @Test
    void aPlanIsRefusedWhenOneOfItsGraphsHasChanged() {
        JsonNode plan = plan(asking(5));
        String graph = plan.at("/steps/3/graph").asText();
        core.graphs().pause(new GraphId("p", graph), true, CallContext.INTERNAL);
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> fleet.apply(plan.path("id").asText(), CallContext.INTERNAL))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .withMessageContaining("graph p/%s has changed since", graph);
        core.pass(Duration.ofMinutes(1));
        assertThat(on("c3")).isZero();
        assertThat(found(plan).path("state").asText()).isEqualTo("planned");
    }

    @Test
    void aPausedGraphCountsAsLoadWithItsReason() {
        core.graphs().pause(graph(0), true, CallContext.INTERNAL);
        JsonNode plan = plan(asking(GRAPHS));
        assertThat(plan.path("staying")).singleElement().satisfies(staying -> {
            assertThat(staying.path("graph").asText()).isEqualTo("g0");
            assertThat(staying.path("reason").asText()).isEqualTo("it is paused");
        });
        assertThat(plan.path("steps"))
                .noneMatch(step -> step.path("graph").asText().equals("g0"));
    }

    @Test
    void aLostClusterMovesItsServicesOnlyAndNothingOfItCanBeApplied() {
        long lost = on("c1");
        assertThat(lost).isPositive();
        JsonNode plan = plan(asking(new WhatIf(Set.of("c1"), 1, List.of())));
        assertThat(plan.path("hypothetical").asBoolean()).isTrue();
        assertThat(plan.path("moves").asLong()).isEqualTo(lost);
        assertThat(plan.path("notMade")).isEmpty();
        assertThat(plan.path("steps"))
                .allSatisfy(
                        step -> assertThat(step.at("/moves/0/to/name").asText()).isIn("c2", "c3"));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> fleet.apply(plan.path("id").asText(), CallContext.INTERNAL))
                .withMessageContaining("nothing of it can be applied");
        assertThat(fleet.forget(plan.path("id").asText(), CallContext.INTERNAL)).isTrue();
        assertThat(fleet.find(plan.path("id").asText(), CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsNamed() {
        JsonNode plan = plan(asking(new WhatIf(Set.of("c2", "c3"), 1, List.of())));
        long fits = plan.path("moves").asLong();
        assertThat(plan.path("notMade").size() + fits).isEqualTo(GRAPHS - on("c1"));
        assertThat(plan.path("notMade")).isNotEmpty();
        assertThat(plan.at("/notMade/0/reason").asText()).contains("c1");
    }

    @Test
    void whoFindsNoPlaceAfterALossIsLessImportantThanAllWhoFindOne() {
        int lost = (int) on("c1");
        int places = 20 - (int) on("c2");
        Set<String> important = new TreeSet<>();
        for (int g = 0; g < places; g++) {
            // every second one, and as many as there are places
            int number = 2 * g % lost + 2 * g / lost;
            important.add("g" + number);
            core.update(
                    "p",
                    Hdag.graph("g" + number).priority(5).service("s" + number).yaml());
        }
        core.passUntil(this::allRun, LONG);
        core.pass(Duration.ofSeconds(5));
        assertThat(on("c1")).isEqualTo(lost);
        JsonNode plan = plan(asking(new WhatIf(Set.of("c1", "c3"), 1, List.of())));
        assertThat(plan.path("notMade"))
                .hasSize(lost - places)
                .allSatisfy(each -> assertThat(each.path("priority").asInt(-1)).isZero());
        assertThat(plan.path("steps")).hasSize(places).allSatisfy(step -> assertThat(important)
                .contains(step.path("graph").asText()));
    }

    @Test
    void anAddedClusterTakesWhatMoreDemandLeavesWithoutRoom() {
        JsonNode without = plan(asking(new WhatIf(Set.of("c3"), 1.5, List.of())));
        assertThat(without.path("notMade")).isNotEmpty();
        AddedCluster added = new AddedCluster("new", new Resources(40_000, 400 * GIB, 1_000 * GIB, 0), Map.of());
        JsonNode with = plan(asking(new WhatIf(Set.of("c3"), 1.5, List.of(added))));
        assertThat(with.path("notMade")).isEmpty();
        assertThat(with.path("steps"))
                .anyMatch(step -> step.at("/moves/0/to/name").asText().equals("new"));
    }

    @Test
    void anUnknownClusterOrObjectiveIsRefused() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> plan(asking(new WhatIf(Set.of("nowhere"), 1, List.of()))))
                .satisfies(why -> assertThat(why.kind()).isEqualTo(SmoException.Kind.INVALID));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> plan(new FleetRequest(
                        Set.of(),
                        Map.of("beauty", 1.0),
                        OptionalInt.empty(),
                        Optional.of("greedy"),
                        OptionalInt.empty(),
                        Optional.empty())))
                .satisfies(why -> assertThat(why.violations()).hasSize(1));
    }
}
