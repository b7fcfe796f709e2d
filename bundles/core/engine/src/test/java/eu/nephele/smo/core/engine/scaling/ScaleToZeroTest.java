// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.AlertService.Outcome;
import eu.nephele.smo.api.graph.AlertService.Result;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.MetricSeries;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction.SetSeries;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that nobody needs has no replicas, its graph runs on, and it comes back. The tests begin on a Monday at noon, UTC. */
class ScaleToZeroTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("c1", new Resources(4000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("c2", new Resources(4000, 64 * GIB, 1000 * GIB, 0))),
                "zero-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        queue(0);
        core.world.setLoad("front", 0);
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    private void deploy(String yaml) {
        core.deploy("p", yaml);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    private void queue(double length) {
        core.world.apply(new SetSeries(new MetricSeries("queue_length", Map.of("queue", "front")), length));
    }

    private int replicas() {
        return core.view(GRAPH).placement().replicasOf("front");
    }

    private long pods() {
        return core.world.snapshot().pods().stream()
                .filter(pod -> pod.release().endsWith("/front"))
                .count();
    }

    private void sleeps() {
        core.passUntil(() -> replicas() == 0 && pods() == 0, Duration.ofMinutes(4));
        core.pass(Duration.ofSeconds(30));
    }

    private void wakes() {
        core.passUntil(() -> replicas() > 0, Duration.ofSeconds(20));
        core.passUntil(
                () -> core.view(GRAPH).phase() == GraphPhase.RUNNING && pods() == replicas(), Duration.ofSeconds(20));
    }

    private void isAllRight() {
        assertThat(core.view(GRAPH).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.view(GRAPH).drift()).isEmpty();
        assertThat(core.view(GRAPH).conditions())
                .as("%s", core.view(GRAPH).conditions())
                .noneMatch(condition -> condition.type().equals("Unscalable"));
    }

    @Test
    void whatNobodyNeedsHasNoReplicasAndComesBackWithItsQueue() {
        deploy(YAML);
        assertThat(replicas()).isEqualTo(1);
        core.pass(Duration.ofSeconds(100));
        assertThat(replicas()).as("before its time").isEqualTo(1);
        sleeps();
        isAllRight();
        assertThat(core.view(GRAPH).placement().clusterOf("front")).contains(C1);
        core.pass(Duration.ofMinutes(10));
        assertThat(replicas()).isZero();
        isAllRight();
        queue(3);
        wakes();
        isAllRight();
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(20));
        assertThat(core.decisions(GRAPH, DecisionKind.SCALING).stream().map(DecisionRecord::outcome))
                .contains("scaled");
    }

    @Test
    void aServiceOnSeveralClustersGoesAndComesBackAsAWhole() {
        core.world.setLoad("front", 35);
        deploy(DIVIDED);
        core.passUntil(() -> replicas() == 4 && pods() == 4, Duration.ofSeconds(60));
        assertThat(core.view(GRAPH).placement().clustersOf("front")).containsExactly(C1, C2);
        core.world.setLoad("front", 0);
        core.passUntil(() -> replicas() == 0 && pods() == 0, Duration.ofMinutes(8));
        core.pass(Duration.ofSeconds(30));
        isAllRight();
        queue(1);
        wakes();
        assertThat(replicas()).isEqualTo(1);
        isAllRight();
    }

    /** Its interval is two minutes: the source of metrics tells that requests wait. */
    @Test
    void whoeverWaitsDoesNotWaitForTheInterval() {
        WaitingRequests source = new WaitingRequests();
        core.ports().add(MetricsSource.class, "", source, 1);
        deploy(YAML.replace("intervalSeconds: 5", "intervalSeconds: 120"));
        core.passUntil(() -> replicas() == 0 && pods() == 0, Duration.ofMinutes(12));
        core.pass(Duration.ofSeconds(20));
        source.waiting = 30;
        core.pass(Duration.ofSeconds(10));
        assertThat(replicas()).as("nobody has told").isZero();
        source.tell();
        core.passUntil(() -> replicas() > 0, Duration.ofSeconds(1));
        assertThat(replicas()).as("30 requests of a tenth of a second").isEqualTo(3);
    }

    /** Knows of requests that wait, as a balancer does. */
    private static final class WaitingRequests implements MetricsSource {

        private Optional<Consumer<WorkloadRef>> listener = Optional.empty();
        private double waiting;

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            return queries.stream()
                    .filter(query ->
                            List.of("queue_length", "response_time_millis").contains(query.metric()))
                    .collect(Collectors.toMap(
                            query -> query, query -> query.metric().equals("queue_length") ? waiting : 100));
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            return Map.of();
        }

        @Override
        public Subscription subscribeToWaiting(Consumer<WorkloadRef> onWaiting) {
            listener = Optional.of(onWaiting);
            return () -> listener = Optional.empty();
        }

        void tell() {
            listener.orElseThrow().accept(new WorkloadRef(GRAPH, "front"));
        }
    }

    @Test
    void asleepItStaysSoOverARestart() {
        deploy(YAML);
        sleeps();
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofMinutes(2));
        assertThat(replicas()).isZero();
        isAllRight();
        queue(1);
        wakes();
    }

    @Test
    void aRunningServiceWithoutDataIsNotTakenForIdle() {
        deploy(YAML);
        core.world.begin(Outage.METRICS);
        core.pass(Duration.ofMinutes(10));
        assertThat(replicas()).isEqualTo(1);
        core.world.end(Outage.METRICS);
        core.pass(Duration.ofSeconds(60));
        assertThat(replicas()).as("not idle for its time").isEqualTo(1);
        sleeps();
    }

    @Test
    void asleepItHoldsNoRoomAndIsPlacedWhereThereIsSomeWhenItWakes() {
        deploy(YAML);
        sleeps();
        core.world.setForeignLoad("c1", new Resources(4000, 0, 0, 0));
        core.pass(Duration.ofSeconds(20));
        isAllRight();
        queue(1);
        core.passUntil(
                () -> core.view(GRAPH)
                        .placement()
                        .clusterOf("front")
                        .filter(C2::equals)
                        .isPresent(),
                Duration.ofMinutes(2));
        core.passUntil(() -> pods() == 1 && core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(replicas()).isEqualTo(1);
        isAllRight();
    }

    @Test
    void asleepItLeavesALostClusterAndStaysAsleep() {
        deploy(YAML);
        sleeps();
        core.world.failCluster("c1");
        core.passUntil(
                () -> core.view(GRAPH)
                        .placement()
                        .clusterOf("front")
                        .filter(C2::equals)
                        .isPresent(),
                Duration.ofMinutes(5));
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).isZero();
        isAllRight();
        queue(1);
        wakes();
        assertThat(core.view(GRAPH).placement().clusterOf("front")).contains(C2);
    }

    @Test
    void placedAnewItStaysAsleep() {
        deploy(YAML);
        sleeps();
        core.place(GRAPH, PlaceRequest.replace());
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas()).isZero();
        isAllRight();
    }

    @Test
    void stoppedAndStartedItComesBack() {
        deploy(YAML);
        sleeps();
        core.stop(GRAPH);
        core.pass(Duration.ofSeconds(30));
        core.start(GRAPH);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(30));
        isAllRight();
        queue(1);
        wakes();
    }

    @Test
    void anAlertAboutItWakesItWithoutWaitingForTheInterval() {
        deploy(YAML.replace("intervalSeconds: 5", "intervalSeconds: 120"));
        core.passUntil(() -> replicas() == 0 && pods() == 0, Duration.ofMinutes(16));
        core.pass(Duration.ofSeconds(10));
        queue(3);
        core.pass(Duration.ofSeconds(20));
        assertThat(replicas()).as("it is not looked at yet").isZero();
        assertThat(core.fire(GRAPH, "front", "Waiting", false))
                .extracting(Result::outcome)
                .containsExactly(Outcome.UNKNOWN);
        core.pass(Duration.ofSeconds(5));
        assertThat(replicas()).as("an alert that is resolved wakes nobody").isZero();

        assertThat(core.fire(GRAPH, "front", "Waiting", true)).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.NOTED);
            assertThat(result.graph()).contains(GRAPH);
            assertThat(result.message()).isEqualTo("replicas of front are decided now");
        });
        core.passUntil(() -> replicas() > 0, Duration.ofSeconds(3));
        wakes();
        isAllRight();
    }

    @Test
    void anAlertAboutAServiceThatMayNotRestChangesNothing() {
        deploy(YAML.replace("minReplicas: 0", "minReplicas: 1"));
        assertThat(core.fire(GRAPH, "front", "Waiting", true))
                .extracting(Result::outcome)
                .containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void theLeastReplicasOfTheWholeGraphAreKept() {
        deploy(YAML.replace(
                "  services:\n",
                "  hdaGraphIntent: { highAvailability: { enabled: true, minReplicasOverall: 1 } }\n  services:\n"));
        core.pass(Duration.ofMinutes(6));
        assertThat(replicas()).isEqualTo(1);
    }

    @Test
    void inAWindowOfAScheduleItIsThereAndOutsideItMaySleep() {
        deploy(SCHEDULED);
        sleeps();
        core.passUntil(() -> replicas() == 2, Duration.ofMinutes(8));
        assertThat(core.now().toString()).startsWith("2026-06-01T12:09:0");
        core.pass(Duration.ofMinutes(5));
        assertThat(replicas()).isEqualTo(2);
        assertThat(pods()).isEqualTo(2);
        isAllRight();
        core.passUntil(() -> replicas() == 0, Duration.ofMinutes(2));
        assertThat(core.now().toString()).startsWith("2026-06-01T12:15:0");
    }

    private static final String YAML = """
        hdaGraph:
          id: web
          strategies:
            scaling:
              intervalSeconds: 5
              id: idle
              parameters: {
                idleAfter: PT2M,
                wake: { metric: queue, query: 'queue_length{queue="$service"}' },
                base: { id: threshold, parameters: {
                  metrics: [ { metric: request_rate, perReplica: 10 } ],
                  scaleDown: { stabilisationSeconds: 0 } } } }
          services:
            - id: front
              deployment:
                trigger: { auto: {} }
                intent:
                  compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
              scaling: { minReplicas: 0, maxReplicas: 4 }
              artifact:
                ociImage: "oci://registry.example/demo/front"
                ociConfig: { type: App, implementer: HELM }
                valuesOverwrite: {}
        """;

    private static final String DIVIDED = YAML.replace(
            "gpu: { enabled: false } }", "gpu: { enabled: false } }\n          spread: { weights: { c1: 1, c2: 1 } }");

    private static final String SCHEDULED = YAML.replace("id: idle", "id: scheduled")
            .replace(
                    "parameters: {\n        idleAfter",
                    "parameters: { zone: UTC, warmUp: PT1M, windows: [ { name: lunch, cron: '10 12 * * *',"
                            + " durationMinutes: 5, minReplicas: 2 } ], base: { id: idle, parameters: {\n"
                            + "        idleAfter")
            .replace("stabilisationSeconds: 0 } } } }", "stabilisationSeconds: 0 } } } } } }");
}
