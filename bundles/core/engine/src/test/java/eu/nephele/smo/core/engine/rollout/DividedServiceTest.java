// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas of one service on several clusters: placed, moved, scaled and lost share by share. */
class DividedServiceTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AFTER_GRACE =
            EngineSettings.STANDARD.failoverGrace().plusSeconds(30);

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(2), cluster("c1", 8), cluster("c2", 8), cluster("c3", 8)),
                "divided-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64 * GIB, 1000 * GIB, 0));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void sharesRunWhereTheDecisionWantsThem() {
        deploy("overClusters: 2", 5);
        assertThat(decided()).hasSize(2).containsValues(3, 2);
        assertThat(running()).isEqualTo(decided());
        assertThat(core.view(GRAPH).service("front").orElseThrow().ready())
                .isEqualTo(core.view(GRAPH).placement().of("front"));
    }

    @Test
    void weightsDivideOverTheClustersThatTheyName() {
        deploy("weights: { c1: 3, c3: 1 }", 4);
        assertThat(running()).isEqualTo(Map.of("c1", 3, "c3", 1));
    }

    @Test
    void theOtherShareServesWhileALostOneIsReplaced() {
        deploy("overClusters: 2, survivingPercent: 50", 4);
        assertThat(decided()).isEqualTo(Map.of("c1", 2, "c2", 2));
        core.world.failCluster("c1");
        core.passUntil(
                () -> {
                    assertThat(running().getOrDefault("c2", 0)).isGreaterThanOrEqualTo(2);
                    return running().equals(Map.of("c2", 2, "c3", 2));
                },
                AFTER_GRACE);
        settle();
        assertThat(decided()).isEqualTo(Map.of("c2", 2, "c3", 2));
    }

    @Test
    void aLostShareThatFitsNowhereElseLeavesTheOthersInPeace() {
        deploy("weights: { c1: 1, c2: 1 }, overClusters: 2", 4);
        core.world.failCluster("c1");
        core.pass(AFTER_GRACE);
        assertThat(running()).isEqualTo(Map.of("c2", 2));
        assertThat(core.view(GRAPH).phase()).isEqualTo(GraphPhase.DEGRADED);
        core.world.restoreCluster("c1");
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2));
    }

    @Test
    void aShareMovesWithoutFewerReplicasMeanwhile() {
        deploy("overClusters: 2, survivingPercent: 40", 5);
        String larger = decided().entrySet().stream()
                .filter(share -> share.getValue() == 3)
                .findFirst()
                .orElseThrow()
                .getKey();
        core.update("p", yaml("weights: { %s: 1, c3: 1 }, overClusters: 2".formatted(larger), 4, 5));
        moveWatched(5);
        assertThat(running()).hasSize(2).containsKey("c3");
    }

    @Test
    void sharesAreDividedAnewWithoutFewerReplicasMeanwhile() {
        deploy("weights: { c1: 4, c2: 1 }", 5);
        assertThat(running()).isEqualTo(Map.of("c1", 4, "c2", 1));
        core.update("p", yaml("weights: { c1: 1, c2: 4 }", 5, 5));
        moveWatched(5);
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 4));
    }

    private void moveWatched(int least) {
        core.passUntil(
                () -> {
                    int serving = running().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum();
                    assertThat(serving).as("%s", running()).isGreaterThanOrEqualTo(least);
                    return core.view(GRAPH).phase() == GraphPhase.RUNNING
                            && running().equals(decided());
                },
                SOON);
    }

    @Test
    void scalingAddsToSharesInTheirProportion() {
        deploy("overClusters: 2", 2);
        core.world.setLoad("front", 55);
        core.passUntil(() -> total() == 6, SOON);
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 3, "c2", 3));
        core.world.setLoad("front", 15);
        core.passUntil(() -> total() == 2, Duration.ofMinutes(2));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 1));
    }

    @Test
    void scalingKeepsThePartThatHasToSurvive() {
        deploy("survivingPercent: 60", 3);
        assertThat(decided()).isEqualTo(Map.of("c1", 1, "c2", 1, "c3", 1));
        core.world.setLoad("front", 75);
        // eight serve it: its parts are decided together
        core.passUntil(() -> total() == 8, SOON);
        settle();
        assertThat(running().values()).containsExactlyInAnyOrder(3, 3, 2);
    }

    @Test
    void capacityOfAClusterLimitsItsShare() {
        core.world.setForeignLoad("c2", new Resources(5500, 0, 0, 0));
        core.pass(Duration.ofSeconds(2));
        deploy("weights: { c1: 1, c2: 1 }", 2);
        core.world.setLoad("front", 55);
        core.passUntil(() -> total() == 6, SOON);
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 4, "c2", 2));
    }

    @Test
    void scalingGoesToEachClusterWithAWeightInItsProportion() {
        deploy("weights: { c1: 2, c2: 1, c3: 1 }", 1);
        assertThat(running()).isEqualTo(Map.of("c1", 1));
        core.world.setLoad("front", 75);
        core.passUntil(() -> total() == 8, SOON);
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 4, "c2", 2, "c3", 2));
        List<JsonObject> whole = core.events().stream()
                .filter(event -> event.type().equals("scaling.decision_made"))
                .map(StoredEvent::data)
                .filter(data -> data.get("toInAll").isPresent())
                .toList();
        assertThat(whole)
                .as("one event of each decision has the numbers over all clusters")
                .first()
                .satisfies(first -> assertThat(first.get("fromInAll")).contains(JsonNumber.of(1)));
        assertThat(whole.get(whole.size() - 1).get("toInAll")).contains(JsonNumber.of(8));
        for (int i = 1; i < whole.size(); i++) {
            assertThat(whole.get(i).get("fromInAll")).isEqualTo(whole.get(i - 1).get("toInAll"));
        }
    }

    @Test
    void whereAShareIsFullTheOthersTakeTheRestAtOnceAndTheLastReplicaOfOneMayGo() {
        core.world.setForeignLoad("c1", new Resources(6500, 0, 0, 0));
        core.pass(Duration.ofSeconds(2));
        deploy("weights: { c1: 100, c2: 1 }", 1);
        assertThat(running()).isEqualTo(Map.of("c1", 1));
        core.world.setLoad("front", 35);
        core.passUntil(() -> total() == 4, SOON);
        settle();
        assertThat(running()).as("no placement was needed").isEqualTo(Map.of("c1", 1, "c2", 3));
        assertThat(core.eventTypes(GRAPH)).containsOnlyOnce("placement.decision_made");

        core.world.setLoad("front", 5);
        core.passUntil(() -> total() == 1, Duration.ofMinutes(2));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 1));
        core.world.setLoad("front", 25);
        core.passUntil(() -> total() == 3, SOON);
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 2));
    }

    @Test
    void whatNoClusterWithAWeightTakesIsSaidAndComesWhenThereIsRoom() {
        core.world.setForeignLoad("c1", new Resources(6500, 0, 0, 0));
        core.world.setForeignLoad("c2", new Resources(5500, 0, 0, 0));
        core.pass(Duration.ofSeconds(2));
        deploy("weights: { c1: 1, c2: 1 }", 1);
        core.world.setLoad("front", 55);
        core.passUntil(() -> total() == 3, SOON);
        core.passUntil(
                () -> core.view(GRAPH)
                        .condition(Condition.SCALED)
                        .filter(condition -> condition.message().contains("fit on the clusters with a weight"))
                        .isPresent(),
                SOON);
        assertThat(core.view(GRAPH).condition(Condition.SCALED).orElseThrow().message())
                .contains("c1: needs 1 cores, 0.5 free")
                .contains("c2: needs 1 cores, 0.5 free");
        core.world.setForeignLoad("c2", new Resources(0, 0, 0, 0));
        core.passUntil(() -> total() == 6, Duration.ofMinutes(2));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 5));
    }

    @Test
    void aLimitOfEachClusterCountsWithWeights() {
        deploy("weights: { c1: 5, c2: 1, c3: 1 }, maxReplicasPerCluster: 2", 1);
        core.world.setLoad("front", 85);
        core.passUntil(() -> total() == 6, Duration.ofMinutes(1));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2, "c3", 2));
        assertThat(core.view(GRAPH).condition(Condition.SCALED).orElseThrow().message())
                .contains("its division allows 2 there");
    }

    @Test
    void scalingGoesToNoClusterThatIsCordoned() {
        deploy("weights: { c1: 1, c2: 1 }", 1);
        core.doors().clusters().cordon(new ClusterId("sim", "c2"), "repair", CallContext.INTERNAL);
        core.world.setLoad("front", 35);
        core.passUntil(() -> total() == 4, SOON);
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 4));
    }

    @Test
    void scalingGoesToNoClusterOfAServiceFromWhichItIsApart() {
        String other = """
                    - id: back
                      deployment:
                        trigger: { auto: {} }
                        intent:
                          compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                          location: { clusters: [ c2 ] }
                          antiAffinity: [ front ]
                      scaling: { minReplicas: 1, maxReplicas: 1 }
                      artifact:
                        ociImage: "oci://registry.example/demo/back"
                        ociConfig: { type: App, implementer: HELM }
                """;
        core.deploy("p", yaml("weights: { c1: 1, c2: 1 }", 1, 1) + other);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, SOON);
        assertThat(decided()).isEqualTo(Map.of("c1", 1));
        core.world.setLoad("front", 35);
        core.passUntil(() -> total() == 4, SOON);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, SOON);
        assertThat(decided()).isEqualTo(Map.of("c1", 4));
    }

    @Test
    void theBoundOfTheWholeGraphCountsBeforeOtherClusters() {
        core.world.setForeignLoad("c1", new Resources(6500, 0, 0, 0));
        core.pass(Duration.ofSeconds(2));
        String bounded = yaml("weights: { c1: 1, c2: 1 }", 1, 1)
                .replace(
                        "  strategies:",
                        "  hdaGraphIntent: { highAvailability: { enabled: true, maxReplicasOverall: 3 } }\n  strategies:");
        core.deploy("p", bounded);
        settle();
        core.world.setLoad("front", 75);
        core.passUntil(() -> total() == 3, SOON);
        core.pass(Duration.ofMinutes(1));
        assertThat(total()).isEqualTo(3);
    }

    @Test
    void ofReplicasThatAPersonWantsThereAreAsManyAsFitAndTheRestIsSaid() {
        core.world.setForeignLoad("c1", new Resources(5500, 0, 0, 0));
        core.world.setForeignLoad("c2", new Resources(5500, 0, 0, 0));
        core.pass(Duration.ofSeconds(2));
        deploy("weights: { c1: 1, c2: 1 }", 2);
        core.graphs().hold(GRAPH, "front", Optional.of(new ReplicaHold(8, Optional.empty())), CallContext.INTERNAL);
        core.passUntil(() -> total() == 4, SOON);
        core.passUntil(
                () -> core.view(GRAPH)
                        .condition(Condition.SCALED)
                        .filter(condition -> condition.message().contains("set by hand to 8"))
                        .isPresent(),
                SOON);
        assertThat(total()).isEqualTo(4);
    }

    @Test
    void withoutLoadEachClusterKeepsWhatItHasToAndNoMore() {
        deploy("maxReplicasPerCluster: 2", 1);
        core.world.setLoad("front", 55);
        core.passUntil(() -> total() == 6, Duration.ofMinutes(10));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2, "c3", 2));
        core.world.setLoad("front", 0);
        core.passUntil(() -> total() < 6, Duration.ofMinutes(10));
        core.pass(Duration.ofMinutes(1));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 1, "c3", 1));
    }

    @Test
    void whatItsClustersCannotTakeGoesToAnother() {
        deploy("overClusters: 2, maxReplicasPerCluster: 2", 2);
        core.world.setLoad("front", 55);
        core.passUntil(() -> total() == 6, Duration.ofMinutes(10));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2, "c3", 2));
    }

    /** Tells a number of cores in use. */
    private record CoresInUse(AtomicReference<Double> cores) implements MetricsSource {

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            return queries.stream()
                    .filter(query -> query.metric().equals(MetricQuery.CPU_CORES))
                    .collect(Collectors.toMap(Function.identity(), query -> cores.get()));
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            return Map.of();
        }
    }

    /** The rate asks for one replica all the time. */
    @Test
    void whatItsClustersCannotTakeByCpuGoesToAnotherHoweverFewRequestsThereAre() {
        AtomicReference<Double> cores = new AtomicReference<>(2.0);
        core.ports().add(MetricsSource.class, "", new CoresInUse(cores), 10);
        core.deploy(
                "p",
                yaml("overClusters: 2, maxReplicasPerCluster: 2", 1, 2)
                        .replace(
                                "scaling: { id: optimal, intervalSeconds: 5 }",
                                "scaling: { id: threshold, intervalSeconds: 5, parameters: { metrics: [ { metric: cpu_cores, utilisationPercent: 100 } ] } }"));
        settle();
        core.world.setLoad("front", 0.5);
        cores.set(4.0);
        core.passUntil(() -> total() == 4, Duration.ofMinutes(10));
        cores.set(6.0);
        core.passUntil(() -> total() == 6, Duration.ofMinutes(10));
        settle();
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2, "c3", 2));
    }

    @Test
    void whatNoClusterCanTakeIsLeftOutAndTheRestServes() {
        deploy("overClusters: 3, maxReplicasPerCluster: 2", 3);
        core.world.setLoad("front", 85);
        core.passUntil(() -> total() == 6, Duration.ofMinutes(1));
        core.pass(Duration.ofMinutes(10));
        assertThat(running()).isEqualTo(Map.of("c1", 2, "c2", 2, "c3", 2));
    }

    @Test
    void anotherDecisionDuringAMoveGivesUpNothingThatServes() {
        deploy("weights: { c1: 4, c2: 1 }", 5);
        core.update("p", yaml("weights: { c1: 1, c2: 4 }", 5, 5));
        core.passUntil(() -> decided().equals(Map.of("c1", 1, "c2", 4)), SOON);
        core.place(GRAPH, PlaceRequest.replace());
        moveWatched(5);
        assertThat(running()).isEqualTo(Map.of("c1", 1, "c2", 4));
    }

    @Test
    void aPlanIsAppliedAsItShowsTheShares() {
        DeployRequest request = DeployRequest.of(core.graph("p", yaml("overClusters: 2", 1, 2)));
        Plan plan = core.doors().plans().plan(request, CallContext.INTERNAL);
        assertThat(plan.placement().of("front")).hasSize(2);
        core.doors().plans().apply(GRAPH, plan.id(), CallContext.INTERNAL);
        settle();
        assertThat(core.view(GRAPH).placement()).isEqualTo(plan.placement());
    }

    @Test
    void aRequestThatWantsAllReplicasOnOneClusterChangesNothing() {
        deploy("overClusters: 2", 4);
        PlaceRequest away = new PlaceRequest(
                DecisionReason.OFFLOAD,
                Set.of("front"),
                Optional.of(new ClusterId("sim", "c3")),
                StrategySelection.UNSPECIFIED,
                false);
        core.place(GRAPH, away);
        core.pass(SOON);
        assertThat(running()).isEqualTo(decided()).isEqualTo(Map.of("c1", 2, "c2", 2));
    }

    private void deploy(String spread, int replicas) {
        core.deploy("p", yaml(spread, 1, replicas));
        settle();
    }

    private void settle() {
        core.passUntil(
                () -> core.view(GRAPH).phase() == GraphPhase.RUNNING
                        && running().equals(decided()),
                SOON);
    }

    private int total() {
        return core.view(GRAPH).placement().replicasOf("front");
    }

    private Map<String, Integer> decided() {
        Map<String, Integer> decided = new TreeMap<>();
        for (Share share : core.view(GRAPH).placement().of("front")) {
            if (share.replicas() > 0) {
                decided.put(share.cluster().name(), share.replicas());
            }
        }
        return decided;
    }

    /** Ready pods by cluster. */
    private Map<String, Integer> running() {
        Map<String, Integer> running = new TreeMap<>();
        core.world.snapshot().pods().stream()
                .filter(pod -> pod.phase() == PodPhase.READY)
                .forEach(pod -> running.merge(pod.cluster(), 1, Integer::sum));
        return running;
    }

    private static String yaml(String spread, int version, int minReplicas) {
        return """
                hdaGraph:
                  id: web
                  strategies: { placement: { id: optimal }, scaling: { id: optimal, intervalSeconds: 5 } }
                  services:
                    - id: front
                      deployment:
                        trigger: { auto: {} }
                        intent:
                          compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                          spread: { %s }
                      scaling: { minReplicas: %d, maxReplicas: 9, profile: { alpha: 10, beta: 0 } }
                      artifact:
                        ociImage: "oci://registry.example/demo/front"
                        ociConfig: { type: App, implementer: HELM }
                        valuesOverwrite: { version: %d }
                """.formatted(spread, minReplicas, version);
    }
}
