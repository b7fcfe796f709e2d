// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScalingPassTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1),
                        ClusterModel.of("c1", new Resources(6000, 64 * GIB, 1000 * GIB, 0)),
                        ClusterModel.of("c2", new Resources(2000, 64 * GIB, 1000 * GIB, 0))),
                "scaling-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void replicasFollowTheLoadUpAndDown() {
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(20));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.world.snapshot().pods().stream()
                        .filter(pod -> pod.release().endsWith("/front")))
                .hasSize(3);
        core.world.setLoad("front", 0);
        core.passUntil(() -> replicas("front") == 1, Duration.ofSeconds(20));
        assertThat(core.decisions(GRAPH, DecisionKind.SCALING).stream().map(DecisionRecord::outcome))
                .contains("scaled");
    }

    @Test
    void theTimeOfTheLastChangeIsThatOfTheService() {
        core.update("p", YAML.replace("metric: { service: front }", "minReplicas: 1"));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        Instant back = scaledAt("back");
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(30));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(scaledAt("front")).isAfter(back);
        assertThat(scaledAt("back")).isEqualTo(back);
    }

    private Instant scaledAt(String service) {
        return core.stores
                .graphs()
                .find(GRAPH)
                .orElseThrow()
                .observed()
                .services()
                .get(service)
                .scaledAt()
                .orElseThrow();
    }

    @Test
    void neverMoreThanTheDescriptorAllows() {
        // the maximum is a bound
        core.world.setLoad("front", 1000);
        core.pass(Duration.ofSeconds(30));
        assertThat(replicas("front")).isLessThanOrEqualTo(4);
        assertThat(core.view(GRAPH).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void theBoundsOfTheWholeGraphCount() {
        GraphId bounded = new GraphId("q", "web");
        core.deploy(
                "q",
                YAML.replace(
                        "  services:\n",
                        "  hdaGraphIntent: { highAvailability: { enabled: true, minReplicasOverall: 3,"
                                + " maxReplicasOverall: 4 } }\n  services:\n"));
        core.passUntil(() -> core.view(bounded).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(total(bounded)).isEqualTo(3);
        core.world.setLoad("q/front", 25);
        core.passUntil(() -> total(bounded) == 4, Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(20));
        assertThat(total(bounded)).isEqualTo(4);
        assertThat(core.view(bounded).conditions())
                .as("what is not served is said, F-65")
                .anySatisfy(condition ->
                        assertThat(condition.toString()).contains("Scaled", "the graph may have 4 replicas in all"));
        core.world.setLoad("q/front", 0);
        core.passUntil(() -> total(bounded) == 3, Duration.ofSeconds(30));
        assertThat(core.view(bounded).conditions())
                .noneMatch(condition -> condition.toString().contains("replicas in all"));
    }

    private int total(GraphId graph) {
        return core.view(graph).placement().shares().keySet().stream()
                .mapToInt(service -> core.view(graph).placement().replicasOf(service))
                .sum();
    }

    @Test
    void aServiceCanBeMeasuredByTheLoadOfAnother() {
        core.world.setLoad("front", 15);
        core.passUntil(() -> replicas("back") == 2, Duration.ofSeconds(20));
    }

    @Test
    void noDataIsNotALoadOfZero() {
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(20));
        core.world.begin(Outage.METRICS);
        core.pass(Duration.ofSeconds(40));
        assertThat(replicas("front")).isEqualTo(3);
    }

    @Test
    void anInfeasibleRoundLeavesThingsAsTheyAreAndTheNextOneWorks() {
        // the reference lost its memory of the replicas after an infeasible round
        core.world.setLoad("front", 100_000);
        core.pass(Duration.ofSeconds(15));
        int before = replicas("front");
        assertThat(before).isGreaterThanOrEqualTo(1);
        core.world.setLoad("front", 15);
        core.passUntil(() -> replicas("front") == 2, Duration.ofSeconds(20));
    }

    @Test
    void capacityIsReadAnewForEveryRound() {
        // the reference read it once at start
        core.world.setForeignLoad("c1", new Resources(4000, 0, 0, 0));
        core.pass(Duration.ofSeconds(6));
        core.world.setLoad("front", 25);
        core.pass(Duration.ofSeconds(15));
        assertThat(replicas("front")).isEqualTo(1);
        core.world.setForeignLoad("c1", Resources.NONE);
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(30));
    }

    @Test
    void scalesWhatIsThereAfterARestart() {
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(20));
        core.stopEngine();
        core.startEngine();
        core.world.setLoad("front", 0);
        core.passUntil(() -> replicas("front") == 1, Duration.ofSeconds(20));
    }

    private int replicas(String service) {
        return core.view(GRAPH).placement().replicasOf(service);
    }

    private static final String YAML = """
            hdaGraph:
              id: web
              strategies: { scaling: { id: optimal, intervalSeconds: 5 } }
              services:
                - id: front
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                      connectionPoints: [ back ]
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: back
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 3, profile: { alpha: 10, beta: 0 }, metric: { service: front } }
                  artifact:
                    ociImage: "oci://registry.example/demo/back"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
