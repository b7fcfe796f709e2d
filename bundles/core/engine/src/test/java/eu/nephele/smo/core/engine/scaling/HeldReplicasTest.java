// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that a person has set win until they expire, also over a restart. */
class HeldReplicasTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(6000, 64 * GIB, 1000 * GIB, 0))),
                "held-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        core.world.setLoad("front", 15);
        core.passUntil(() -> replicas("front") == 2, Duration.ofSeconds(20));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    private int replicas(String service) {
        return core.view(GRAPH).placement().replicasOf(service);
    }

    private void hold(String service, int replicas, Optional<Instant> until) {
        core.graphs().hold(GRAPH, service, Optional.of(new ReplicaHold(replicas, until)), CallContext.INTERNAL);
    }

    private Optional<ReplicaHold> shown(String service) {
        return core.view(GRAPH).services().stream()
                .filter(each -> each.spec().id().equals(service))
                .findFirst()
                .orElseThrow()
                .hold();
    }

    @Test
    void itWinsOverTheStrategyUntilItExpires() {
        Instant until = core.now().plus(Duration.ofMinutes(10));
        hold("front", 4, Optional.of(until));
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(20));
        assertThat(shown("front")).contains(new ReplicaHold(4, Optional.of(until)));
        DecisionRecord decision = core.decisions(GRAPH, DecisionKind.SCALING).get(0);
        assertThat(decision.strategy().id()).isEqualTo("person");
        assertThat(decision.details().toJson()).contains("set by hand to 4 until " + until);

        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofMinutes(5));
        assertThat(replicas("front")).isEqualTo(4);

        core.pass(Duration.ofMinutes(6));
        assertThat(replicas("front")).isEqualTo(2);
        assertThat(shown("front")).isEmpty();
    }

    @Test
    void itBeginsNoCoolDown() {
        Optional<Instant> before = scaledAt();
        hold("front", 4, Optional.of(core.now().plus(Duration.ofMinutes(1))));
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(20));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(scaledAt()).isEqualTo(before);

        core.passUntil(() -> replicas("front") == 2, Duration.ofMinutes(2));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(scaledAt().orElseThrow())
                .as("what the strategy does begins one")
                .isAfter(before.orElseThrow());
    }

    private Optional<Instant> scaledAt() {
        return core.stores
                .graphs()
                .find(GRAPH)
                .orElseThrow()
                .observed()
                .services()
                .get("front")
                .scaledAt();
    }

    @Test
    void itIsReleasedByHand() {
        hold("front", 4, Optional.empty());
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(20));
        core.graphs().hold(GRAPH, "front", Optional.empty(), CallContext.INTERNAL);
        core.passUntil(() -> replicas("front") == 2, Duration.ofSeconds(20));
    }

    @Test
    void aNumberWithoutRoomIsACondition() {
        hold("large", 4, Optional.empty());
        core.passUntil(
                () -> core.view(GRAPH).conditions().stream()
                        .anyMatch(condition -> condition.type().equals(Condition.SCALED)
                                && condition.message().contains("set by hand to 4")),
                Duration.ofSeconds(20));
        assertThat(replicas("large")).isEqualTo(1);
    }

    @Test
    void asManyAsThereIsRoomForAreThereAndTheRestIsSaid() {
        core.world.setForeignLoad("c1", new Resources(500, 0, 0, 0));
        core.pass(Duration.ofSeconds(16));
        hold("front", 4, Optional.empty());
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(20));
        core.passUntil(
                () -> core.view(GRAPH)
                        .condition(Condition.SCALED)
                        .filter(condition -> condition.message().contains("4 replicas do not fit on c1"))
                        .isPresent(),
                Duration.ofSeconds(20));
        core.world.setForeignLoad("c1", Resources.NONE);
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(40));
        core.passUntil(() -> core.view(GRAPH).condition(Condition.SCALED).isEmpty(), Duration.ofSeconds(20));
    }

    @Test
    void whatAPersonTakesIsNotGivenToAStrategyInTheSamePass() {
        // a core is free: two more by hand leave nothing for the other, whose strategy wants as many
        core.update("p", YAML.replace("cpu: medium", "cpu: light"));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.world.setForeignLoad("c1", new Resources(3500, 0, 0, 0));
        core.pass(Duration.ofSeconds(16));
        core.world.setLoad("large", 25);
        hold("front", 4, Optional.empty());
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(20));
        core.pass(Duration.ofSeconds(10));
        assertThat(replicas("front") + replicas("large")).isEqualTo(5);
    }

    @Test
    void boundsThatAreNarrowedLaterCount() {
        hold("front", 4, Optional.empty());
        core.passUntil(() -> replicas("front") == 4, Duration.ofSeconds(20));
        core.update("p", YAML.replaceFirst("maxReplicas: 4", "maxReplicas: 3"));
        core.passUntil(() -> replicas("front") == 3, Duration.ofSeconds(40));
        core.pass(Duration.ofSeconds(20));
        assertThat(replicas("front")).isEqualTo(3);
        assertThat(shown("front")).as("wanted, still").contains(new ReplicaHold(4, Optional.empty()));
    }

    @Test
    void whatTheBoundsForbidIsRefusedAndChangesNothing() {
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> hold("front", 9, Optional.empty()))
                .satisfies(refused -> assertThat(refused.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.message()).contains("1 to 4")));
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> hold("none", 2, Optional.empty()))
                .withMessageContaining("no service none");
        assertThatExceptionOfType(SmoException.class)
                .isThrownBy(() -> hold("front", 2, Optional.of(core.now().minusSeconds(1))));
        assertThat(shown("front")).isEmpty();
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
                      compute: { cpu: light, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
                - id: large
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: medium, ram: small, storage: small, gpu: { enabled: false } }
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/large"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
