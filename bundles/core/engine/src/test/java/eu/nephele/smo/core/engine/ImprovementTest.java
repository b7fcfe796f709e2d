// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.placement.auto.AutoStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Graphs that are decided again when there is nothing else to do because they were placed in a hurry or follow the signals. */
class ImprovementTest {

    private static final long GIB = 1L << 30;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The world begins at noon; the next hour counts on average, so that the first cluster is the dirtier one before one o'clock. */
    private static final Duration UNTIL_IT_HAS_TURNED = Duration.ofMinutes(50);

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        List<Double> dirtyFromOneOClock = new ArrayList<>(Collections.nCopies(13, 100.0));
        dirtyFromOneOClock.addAll(Collections.nCopies(11, 600.0));
        core = EmbeddedCore.withoutScaling(
                Scenario.of(
                        Duration.ofSeconds(1),
                        cluster("c1", dirtyFromOneOClock),
                        cluster("c2", Collections.nCopies(24, 300.0))),
                "improve-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    private static ClusterModel cluster(String name, List<Double> carbon) {
        return new ClusterModel(
                name,
                new Resources(200_000, 1_000 * GIB, 10_000 * GIB, 0),
                "",
                Map.of(),
                new EnergyProfile(0, 4_000),
                carbon,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Resources.NONE);
    }

    private GraphId deploy(String id, String placement, String lifecycle, String intent) {
        core.deploy(id, """
            hdaGraph:
              id: %s
              strategies: { placement: { %s } }
              lifecycle: { %s }
              hdaGraphIntent: { %s }
              services:
                - id: one
                  deployment: { trigger: { auto: {} }, intent: { compute: { cpu: small } } }
                  artifact: { ociImage: "oci://registry.example/demo/one", ociConfig: { type: App, implementer: HELM } }
                - id: two
                  deployment: { trigger: { auto: {} }, intent: { compute: { cpu: large } } }
                  artifact: { ociImage: "oci://registry.example/demo/two", ociConfig: { type: App, implementer: HELM } }
            """.formatted(id, placement, lifecycle, intent));
        GraphId graph = new GraphId(id, id);
        core.passUntil(() -> core.view(graph).phase() == GraphPhase.RUNNING, SOON);
        return graph;
    }

    private static String weights(double ofMoves) {
        return "objectives: { carbon: 1000, moves: %s }".formatted(ofMoves);
    }

    private Map<String, String> places(GraphId graph) {
        Map<String, String> places = new LinkedHashMap<>();
        for (String service : List.of("one", "two")) {
            places.put(
                    service,
                    core.view(graph)
                            .placement()
                            .clusterOf(service)
                            .map(ClusterId::name)
                            .orElse(""));
        }
        return places;
    }

    private List<DecisionReason> reasons(GraphId graph) {
        return core.decisions(graph, DecisionKind.PLACEMENT).stream()
                .map(DecisionRecord::reason)
                .map(reason -> DecisionReason.valueOf(reason.toUpperCase(Locale.ROOT)))
                .toList();
    }

    @Test
    void aGraphThatFollowsTheSignalsMovesWhenTheyHaveTurned() {
        GraphId follows = deploy("follows", "id: auto, " + weights(1), "onSignalChange: replace", "");
        GraphId stays = deploy("stays", "id: auto, " + weights(1), "", "");
        GraphId dear = deploy("dear", "id: auto, " + weights(1000), "onSignalChange: replace", "");
        GraphId kept = deploy(
                "kept", "id: auto, " + weights(1), "onSignalChange: replace", "highAvailability: { enabled: true }");
        Map<String, String> onFirst = Map.of("one", "c1", "two", "c1");
        assertThat(List.of(places(follows), places(stays), places(dear), places(kept)))
                .containsOnly(onFirst);

        core.pass(Duration.ofMinutes(10));
        assertThat(places(follows)).as("not before it pays").isEqualTo(onFirst);
        core.pass(UNTIL_IT_HAS_TURNED);

        assertThat(places(follows)).isEqualTo(Map.of("one", "c2", "two", "c2"));
        assertThat(reasons(follows)).contains(DecisionReason.IMPROVE, DecisionReason.DEPLOY);
        assertThat(core.view(follows).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(List.of(places(stays), places(dear), places(kept))).containsOnly(onFirst);
        assertThat(List.of(reasons(stays), reasons(dear), reasons(kept)))
                .as("nothing is recorded of what was not changed")
                .containsOnly(List.of(DecisionReason.DEPLOY));
    }

    @Test
    void withFewerMovesThanItWantsTheBestOneIsMade() {
        GraphId graph = deploy("few", "id: auto, " + weights(0), "onSignalChange: replace, maxMovesPerHour: 1", "");
        core.pass(UNTIL_IT_HAS_TURNED);
        assertThat(places(graph)).as("the larger one").isEqualTo(Map.of("one", "c1", "two", "c2"));
        core.pass(Duration.ofHours(1));
        assertThat(places(graph)).as("an hour later").isEqualTo(Map.of("one", "c2", "two", "c2"));
    }

    @Test
    void aServiceThatHasMovedOftenTodayStays() {
        GraphId graph = deploy("often", "id: auto, " + weights(0), "onSignalChange: replace", "");
        List.of("c2", "c1", "c2", "c1").forEach(cluster -> moveOneTo(graph, cluster));
        core.pass(UNTIL_IT_HAS_TURNED);
        assertThat(places(graph)).isEqualTo(Map.of("one", "c1", "two", "c2"));
    }

    /** Requested by a user: the other cluster is the only one. */
    private void moveOneTo(GraphId graph, String cluster) {
        core.place(
                graph,
                new PlaceRequest(
                        DecisionReason.MOVE, Set.of("one"), Optional.empty(), StrategySelection.UNSPECIFIED, false));
        core.passUntil(
                () -> places(graph).get("one").equals(cluster)
                        && core.view(graph).phase() == GraphPhase.RUNNING,
                SOON);
        core.pass(Duration.ofSeconds(5));
    }

    @Test
    void aPausedGraphStaysUntilItIsResumed() {
        GraphId graph = deploy("paused", "id: auto, " + weights(0), "onSignalChange: replace", "");
        core.graphs().pause(graph, true, CallContext.INTERNAL);
        core.pass(UNTIL_IT_HAS_TURNED);
        assertThat(places(graph)).containsOnly(Map.entry("one", "c1"), Map.entry("two", "c1"));
    }

    @Test
    void whatWasPlacedInAHurryIsImprovedOnceAlsoAfterARestart() {
        Hasty hasty = new Hasty();
        core.strategies.registry().add(hasty, Map.of(PlacementStrategy.ID, "hasty"));
        core.deploy("p", Hdag.of("first", "s"));
        GraphId graph = deploy("hurry", "id: hasty, " + weights(0), "", "");
        assertThat(places(graph)).isEqualTo(Map.of("one", "c2", "two", "c2"));
        core.stopEngine();
        core.startEngine();
        core.passUntil(() -> places(graph).equals(Map.of("one", "c1", "two", "c1")), SOON.multipliedBy(2));
        core.pass(Duration.ofMinutes(30));
        assertThat(reasons(graph)).containsExactlyInAnyOrder(DecisionReason.DEPLOY, DecisionReason.IMPROVE);
        assertThat(hasty.reasons).containsExactly(DecisionReason.DEPLOY, DecisionReason.IMPROVE);
    }

    @Test
    void whatIsGoodEnoughForGoodIsLookedAtOnce() {
        Hasty hasty = new Hasty();
        core.strategies.registry().add(hasty, Map.of(PlacementStrategy.ID, "hasty"));
        GraphId graph = deploy("dear", "id: hasty, " + weights(1000), "", "");
        core.pass(Duration.ofMinutes(10));
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofMinutes(10));
        assertThat(places(graph)).isEqualTo(Map.of("one", "c2", "two", "c2"));
        assertThat(hasty.reasons).containsExactly(DecisionReason.DEPLOY, DecisionReason.IMPROVE);
    }

    /** Everything on the last cluster if somebody waits. */
    private static final class Hasty implements PlacementStrategy {

        private final PlacementStrategy patient = new AutoStrategy();
        private final List<DecisionReason> reasons = new ArrayList<>();

        @Override
        public PlacementResult place(PlacementRequest request, DecisionContext context) {
            reasons.add(request.reason());
            if (request.reason() == DecisionReason.IMPROVE) {
                return patient.place(request, context);
            }
            ClusterId last =
                    request.clusters().get(request.clusters().size() - 1).id();
            Map<String, List<Share>> shares = new LinkedHashMap<>();
            request.services()
                    .forEach(service -> shares.put(service.id(), List.of(new Share(last, service.replicas()))));
            return new Placed(
                    new Placement(shares),
                    new Quality(StopReason.GOOD_ENOUGH, OptionalLong.empty(), OptionalLong.empty(), ""));
        }
    }
}
