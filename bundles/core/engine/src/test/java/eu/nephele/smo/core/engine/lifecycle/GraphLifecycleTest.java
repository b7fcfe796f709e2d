// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of graphs on the whole core, embedded in a plain program, on a simulated world in virtual time. */
class GraphLifecycleTest {

    private static final GraphId PIPELINE = new GraphId("p", "pipeline");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(2), cluster("c1", 12, 1), cluster("c2", 22, 0), cluster("c3", 4, 0)),
                "lifecycle-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).as("a cluster was overbooked").isFalse();
        core.close();
    }

    @Test
    void deploysEverythingThatNeedsNoTriggerAndWaitsForTheRest() {
        Change change = core.deploy("p", PIPELINE_YAML);
        assertThat(change.accepted().phase()).isEqualTo(GraphPhase.PENDING);

        core.passUntil(() -> phase() == GraphPhase.WAITING, Duration.ofSeconds(10));

        GraphView view = core.view(PIPELINE);
        assertThat(view.placement().clusterOf("detect")).contains(C1);
        assertThat(view.placement().clusterOf("reduce")).contains(C1);
        assertThat(view.service("detect").orElseThrow().state()).isEqualTo(ServiceState.DEPLOYED);
        assertThat(view.service("vo").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
        assertThat(core.world.snapshot().releases()).hasSize(2);
        assertThat(change.done()).isCompleted();
        assertThat(change.decided()).isCompleted();
    }

    @Test
    void givesChartsAffinityAndImportsWithoutTouchingTheDescriptor() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));
        GraphView view = core.view(PIPELINE);
        assertThat(view.service("detect").orElseThrow().values().toJson())
                .isEqualTo("{\"replicas\":1,\"clustersAffinity\":[\"c1\"],\"serviceImportClusters\":[\"c1\"]}");
        assertThat(view.service("vo").orElseThrow().values().toJson())
                .isEqualTo("{\"voDescriptorOverwrite\":{},\"voChartOverwrite\":"
                        + "{\"clustersAffinity\":[\"c1\"],\"serviceImportClusters\":[]}}");
        // what the user sent stays what the user sent
        assertThat(view.graph().descriptor().toJson()).doesNotContain("clustersAffinity");
    }

    @Test
    void anEventInstallsAWaitingServiceOnce() {
        core.deploy("p", PIPELINE_YAML);
        core.passUntil(() -> phase() == GraphPhase.WAITING, Duration.ofSeconds(10));

        assertThat(core.activate(PIPELINE, Set.of("vo"))).containsExactly("vo");
        assertThat(core.activate(PIPELINE, Set.of("vo", "detect"))).isEmpty();
        core.passUntil(() -> phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));

        assertThat(core.view(PIPELINE).service("vo").orElseThrow().state()).isEqualTo(ServiceState.DEPLOYED);
        assertThat(core.world.snapshot().releases())
                .hasSize(3)
                .allSatisfy(release -> assertThat(release.state().revision()).isEqualTo(1));
    }

    @Test
    void stopsAndStartsOnTheSameClusters() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));

        Change stop = core.stop(PIPELINE);
        core.passUntil(() -> phase() == GraphPhase.STOPPED, Duration.ofSeconds(10));
        assertThat(stop.done()).isCompleted();
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.stores.capacity().reserved())
                .allSatisfy((cluster, amount) -> assertThat(amount).isEqualTo(Resources.NONE));
        assertThat(core.view(PIPELINE).services())
                .allSatisfy(service -> assertThat(service.state()).isEqualTo(ServiceState.NOT_DEPLOYED));

        core.start(PIPELINE);
        core.passUntil(() -> phase() == GraphPhase.WAITING, Duration.ofSeconds(10));
        assertThat(core.view(PIPELINE).placement().clusterOf("detect")).contains(C1);
        // what was deployed by an event waits for its event again
        assertThat(core.view(PIPELINE).service("vo").orElseThrow().state()).isEqualTo(ServiceState.PENDING);
    }

    @Test
    void runStateConflictsAreRefused() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));
        assertConflict(() -> core.start(PIPELINE), "already running");
        core.stop(PIPELINE);
        assertConflict(() -> core.stop(PIPELINE), "already stopped");
        assertConflict(() -> core.place(PIPELINE, PlaceRequest.replace()), "not running");
        assertThatThrownBy(() -> core.stop(new GraphId("p", "nobody")))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void removesEverythingAndForgetsTheGraph() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));
        Change removal = core.remove(PIPELINE);
        assertThat(core.graphs().find(PIPELINE, CallContext.INTERNAL)).isEmpty();
        assertThatThrownBy(() -> core.start(PIPELINE)).hasMessageContaining("not found");
        core.pass(Duration.ofSeconds(3));
        assertThat(removal.done()).isCompleted();
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.stores.graphs().list()).isEmpty();
        assertThat(core.stores.capacity().reserved())
                .allSatisfy((cluster, amount) -> assertThat(amount).isEqualTo(Resources.NONE));
    }

    @Test
    void theSameGraphAgainIsAReplayAndAnotherOneAConflict() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.deploy("p", PIPELINE_YAML).replay()).isTrue();
        assertConflict(() -> core.deploy("p", PIPELINE_YAML.replace("1.0.0", "1.0.1")), "another descriptor");
        core.deploy("q", PIPELINE_YAML.replace("enabled: True", "enabled: False"));
        core.pass(Duration.ofSeconds(5));
        assertThat(core.graphs().findByName("pipeline", CallContext.INTERNAL)).hasSize(2);
        // ids of services are checked before anything happens outside
        assertConflict(() -> core.deploy("p", one("other", "detect", "small")), "detect");
        assertThat(core.world.snapshot().releases()).hasSize(4);
    }

    @Test
    void aGraphThatDoesNotFitWaitsAndIsPlacedWhenThereIsCapacity() {
        core.deploy("p", one("big", "big", "large"));
        core.deploy("p", one("big2", "big2", "large"));
        core.deploy("p", one("big3", "big3", "large"));
        core.pass(Duration.ofSeconds(5));
        Change fourth = core.deploy("p", one("big4", "big4", "large"));
        core.pass(Duration.ofSeconds(5));
        GraphView waiting = core.view(new GraphId("p", "big4"));
        assertThat(waiting.phase()).isEqualTo(GraphPhase.PENDING);
        assertThat(waiting.condition(Condition.PLACED).orElseThrow().reason()).isEqualTo("Infeasible");
        assertThat(fourth.decided()).isCompletedExceptionally();
        SmoException why = refusal(fourth);
        assertThat(why.kind()).isEqualTo(SmoException.Kind.INFEASIBLE);
        assertThat(why.reasons().get("big4")).containsOnlyKeys("c1", "c2", "c3");
        assertThat(waiting.condition(Condition.PLACED).orElseThrow().message()).contains("big4 (c1: ");
        core.pass(Duration.ofSeconds(60));
        // it is decided on again and again, and on record once
        assertThat(core.decisions(new GraphId("p", "big4"), DecisionKind.PLACEMENT))
                .hasSize(1);

        core.remove(new GraphId("p", "big2"));
        core.passUntil(() -> core.view(new GraphId("p", "big4")).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    @Test
    void nothingIsKeptOfAProvisionalGraphThatDoesNotFit() {
        String yaml = one("huge", "huge", "large").replace("gpu: { enabled: false }", "gpu: { enabled: true }");
        core.deploy("p", one("first", "first", "large").replace("gpu: { enabled: false }", "gpu: { enabled: true }"));
        core.pass(Duration.ofSeconds(4));
        Change change = core.graphs()
                .deploy(
                        new DeployRequest(core.graph("p", yaml), StrategyOverride.NONE, false, List.of()),
                        CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(2));
        assertThat(refusal(change).kind()).isEqualTo(SmoException.Kind.INFEASIBLE);
        assertThat(core.stores.graphs().find(new GraphId("p", "huge"))).isEmpty();
    }

    @Test
    void aLostClusterLeadsToReplacement() {
        core.deploy("p", PIPELINE_YAML.replace("enabled: True", "enabled: False"));
        core.pass(Duration.ofSeconds(5));
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(5));
        assertThat(phase()).isEqualTo(GraphPhase.DEGRADED);
        core.passUntil(
                () -> core.view(PIPELINE).placement().clusterOf("detect").equals(Optional.of(C2))
                        && phase() == GraphPhase.WAITING,
                Duration.ofSeconds(30));
        assertThat(core.decisions(PIPELINE, DecisionKind.PLACEMENT).get(0).reason())
                .isEqualTo("failover");
        core.world.restoreCluster("c1");
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(PIPELINE).placement().clusterOf("detect")).contains(C2);
    }

    @Test
    void aMoveHoldsBothPlacesUntilTheNewOneIsReady() {
        core.deploy("p", one("solo", "solo", "small"));
        GraphId solo = new GraphId("p", "solo");
        core.pass(Duration.ofSeconds(5));
        Change change = core.place(
                solo,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of("solo"), Optional.of(C2), StrategySelection.UNSPECIFIED, false));
        List<Integer> ready = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            core.pass(EmbeddedCore.STEP);
            ready.add(core.view(solo).service("solo").orElseThrow().readyReplicas());
        }
        assertThat(change.done()).isCompleted();
        assertThat(ready)
                .as("the service was ready at every moment of its move")
                .allMatch(count -> count >= 1);
        assertThat(core.view(solo).placement().clusterOf("solo")).contains(C2);
        assertThat(core.world.snapshot().pods()).singleElement().satisfies(pod -> assertThat(pod.cluster())
                .isEqualTo("c2"));
        assertThat(core.stores.capacity().reservedBy(solo)).containsOnlyKeys(C2);
    }

    @Test
    void servicesThatSwapPlacesWithoutCapacitySideBySideStopBeforeTheyGo() {
        core.deploy("p", one("swap", "one", "large") + "\n" + serviceOf(one("x", "two", "large")));
        GraphId swap = new GraphId("p", "swap");
        core.passUntil(() -> core.view(swap).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(core.view(swap).placement().clusterOf("one")).contains(C1);
        assertThat(core.view(swap).placement().clusterOf("two")).contains(C2);
        Change change = core.place(
                swap,
                new PlaceRequest(
                        DecisionReason.MOVE,
                        Set.of("one", "two"),
                        Optional.empty(),
                        StrategySelection.UNSPECIFIED,
                        false));
        core.passUntil(() -> change.done().toCompletableFuture().isDone(), Duration.ofSeconds(20));
        assertThat(core.view(swap).placement().clusterOf("one")).contains(C2);
        assertThat(core.view(swap).placement().clusterOf("two")).contains(C1);
        assertThat(core.view(swap).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void anInfeasibleRequestChangesNothingAndIsNotRetriedForEver() {
        core.deploy("p", one("solo", "solo", "large"));
        GraphId solo = new GraphId("p", "solo");
        core.pass(Duration.ofSeconds(5));
        Change change = core.place(solo, offload("solo", new ClusterId(SimulatedFederation.SOURCE, "c3")));
        core.pass(Duration.ofSeconds(5));
        assertThat(refusal(change).kind()).isEqualTo(SmoException.Kind.INFEASIBLE);
        assertThat(core.view(solo).phase()).isEqualTo(GraphPhase.RUNNING);
        // the journal writes behind our back: the refusal has to be there before anything is counted
        core.passUntil(
                () -> core.decisions(solo, DecisionKind.PLACEMENT).stream()
                        .anyMatch(decision -> decision.outcome().equals("infeasible")),
                Duration.ofSeconds(60));
        long decisions = core.decisions(solo, DecisionKind.PLACEMENT).size();
        core.pass(Duration.ofSeconds(30));
        assertThat(core.decisions(solo, DecisionKind.PLACEMENT)).hasSize((int) decisions);
    }

    @Test
    void aGraphMayBeReplacedAgainAndAgainWithoutCountingItsOwnLoadTwice() {
        // own use is credited back, placements are kept by name
        core.deploy("p", one("solo", "solo", "large"));
        GraphId solo = new GraphId("p", "solo");
        core.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            Change change = core.place(solo, PlaceRequest.replace());
            core.pass(Duration.ofSeconds(3));
            assertThat(change.done()).isCompleted();
        }
        assertThat(core.view(solo).placement().clusterOf("solo")).contains(C1);
    }

    @Test
    void staticGraphsAreInstalledAsTheirChartsSayAndCannotBePlaced() {
        core.deploy("p", PIPELINE_YAML.replace("hdaGraphIntent: {}", "hdaGraphIntent: { useStaticPlacement: true }"));
        core.passUntil(() -> phase() == GraphPhase.WAITING, Duration.ofSeconds(10));
        GraphView view = core.view(PIPELINE);
        assertThat(view.placement().shares()).isEmpty();
        assertThat(view.service("detect").orElseThrow().values().toJson()).isEqualTo("{\"replicas\":1}");
        assertConflict(() -> core.place(PIPELINE, PlaceRequest.replace()), "static");
    }

    @Test
    void aGraphThatStartsAgainWhereItsCapacityIsTakenGoesElsewhereOrWaits() {
        GraphId one = new GraphId("p", "one");
        core.deploy("p", one("one", "one", "large"));
        core.pass(Duration.ofSeconds(5));
        core.stop(one);
        core.pass(Duration.ofSeconds(3));
        core.deploy("p", one("two", "two", "large"));
        core.deploy("p", one("three", "three", "large"));
        core.deploy("p", one("four", "four", "large"));
        core.pass(Duration.ofSeconds(5));
        core.start(one);
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(one).phase()).isEqualTo(GraphPhase.PENDING);
        assertThat(core.world.snapshot().releases()).hasSize(3);
        core.remove(new GraphId("p", "three"));
        core.passUntil(() -> core.view(one).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.view(one).placement().clusterOf("one")).contains(C2);
    }

    @Test
    void aDeploymentSurvivesARestartAtAnyMoment() {
        core.deploy("p", PIPELINE_YAML);
        for (int i = 0; i < 12; i++) {
            core.pass(Duration.ofMillis(300));
            core.stopEngine();
            core.startEngine();
        }
        core.passUntil(() -> phase() == GraphPhase.WAITING, Duration.ofSeconds(10));
        assertThat(core.world.snapshot().releases()).hasSize(2);
        assertThat(core.decisions(PIPELINE, DecisionKind.PLACEMENT)).hasSize(1);
    }

    @Test
    void whatIsDeletedOutsideComesBack() {
        core.deploy("p", one("solo", "solo", "small"));
        GraphId solo = new GraphId("p", "solo");
        core.pass(Duration.ofSeconds(5));
        core.world
                .deployer()
                .ensureRemoved(
                        new StepKey(new WorkloadRef(solo, "solo"), 1, "vandalism"),
                        core.stores.instance().instanceId());
        assertThat(core.world.snapshot().releases()).isEmpty();
        core.passUntil(() -> core.world.snapshot().releases().size() == 1, Duration.ofSeconds(20));
        core.passUntil(() -> core.view(solo).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    @Test
    void explainsWhyAServiceIsWhereItIs() {
        core.deploy("p", PIPELINE_YAML);
        core.pass(Duration.ofSeconds(5));
        GraphView view = core.view(PIPELINE);
        String text = core.journal()
                .explain(PIPELINE, view.item().decisionId().orElseThrow(), "detect")
                .orElseThrow()
                .get("text")
                .map(JsonValue::toJson)
                .orElseThrow();
        assertThat(text)
                .contains("detect is placed on c1")
                .contains("strategy auto")
                .contains("Not c2: does not fit: needs 1 GPUs, 0 free");
    }

    private GraphPhase phase() {
        return core.view(PIPELINE).phase();
    }

    private static PlaceRequest offload(String service, ClusterId target) {
        return new PlaceRequest(
                DecisionReason.OFFLOAD, Set.of(service), Optional.of(target), StrategySelection.UNSPECIFIED, false);
    }

    private static SmoException refusal(Change change) {
        try {
            change.decided().toCompletableFuture().join();
            throw new AssertionError("was not refused");
        } catch (CompletionException e) {
            return (SmoException) e.getCause();
        }
    }

    private static void assertConflict(Runnable call, String text) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SmoException.class, e -> {
            assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
            assertThat(e.getMessage()).contains(text);
        });
    }

    private static ClusterModel cluster(String name, int cores, int gpus) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64 * GIB, 1000 * GIB, gpus));
    }

    private static String serviceOf(String yaml) {
        String marker = "services:\n";
        return yaml.substring(yaml.indexOf(marker) + marker.length());
    }

    private static String one(String graph, String service, String cpu) {
        return """
                hdaGraph:
                  id: %s
                  services:
                    - id: %s
                      deployment:
                        trigger: { auto: {} }
                        intent:
                          compute: { cpu: %s, ram: small, storage: small, gpu: { enabled: false } }
                      artifact:
                        ociImage: "oci://registry.example/demo/solo"
                        ociConfig: { type: App, implementer: HELM }
                        valuesOverwrite: {}
                """.formatted(graph, service, cpu);
    }

    private static final String PIPELINE_YAML = """
            hdaGraph:
              imVersion: "0.4.0"
              id: pipeline
              version: "1.0.0"
              hdaGraphIntent: {}
              services:
                - id: vo
                  deployment:
                    trigger:
                      event:
                        condition: ANY
                        events:
                          - id: busy
                            condition: { promQuery: "rate(frames[1m]) > 20", gracePeriod: 2m, description: many frames }
                    intent:
                      compute: { cpu: light, ram: light, storage: small, gpu: { enabled: false } }
                      connectionPoints: [ reduce ]
                  artifact:
                    ociImage: "oci://registry.example/demo/vo"
                    ociConfig: { type: VO, implementer: WOT }
                    valuesOverwrite: { voDescriptorOverwrite: {}, voChartOverwrite: {} }
                - id: reduce
                  deployment:
                    trigger: { auto: { dependencies: [] } }
                    intent:
                      compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                      connectionPoints: [ detect ]
                  artifact:
                    ociImage: "oci://registry.example/demo/reduce"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: detect
                  deployment:
                    trigger: { auto: { dependencies: [ reduce ] } }
                    intent:
                      compute: { cpu: small, ram: small, storage: small, gpu: { enabled: True } }
                  artifact:
                    ociImage: "oci://registry.example/demo/detect"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: { replicas: 1 }
            """;
}
