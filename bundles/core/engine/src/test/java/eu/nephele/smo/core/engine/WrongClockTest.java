// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is set an hour back, or ahead, in the middle of things: all end, and nothing fires that should not. */
class WrongClockTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private final EmbeddedCore core = core();

    private static EmbeddedCore core() {
        try {
            EmbeddedCore core = new EmbeddedCore(
                    Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "clock-" + UUID.randomUUID());
            core.pass(Duration.ofSeconds(1));
            return core;
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        core.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void everyKindOfChangeEnds(int minutes) {
        through(minutes, () -> core.deploy("p", Hdag.of("g", "a")), Duration.ofMillis(300));
        through(minutes, () -> core.update("p", Hdag.of("g", "a", "b")), Duration.ofMillis(300));
        through(
                minutes,
                () -> core.place(
                        G,
                        new PlaceRequest(
                                DecisionReason.OFFLOAD,
                                Set.of("a"),
                                Optional.of(C2),
                                StrategySelection.UNSPECIFIED,
                                false)),
                Duration.ofMillis(300));
        through(minutes, () -> core.graphs().repair(G, CallContext.INTERNAL), Duration.ZERO);
        through(minutes, () -> core.stop(G), Duration.ZERO);
        through(minutes, () -> core.start(G), Duration.ofMillis(300));
        through(minutes, () -> core.remove(G), Duration.ZERO);
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.eventTypes(G)).doesNotContain("hdag.failed", "hdag.degraded", "hdag.drifted");
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aClusterThatIsAwayForAMomentIsNotGivenUpBecauseOfTheClock(int minutes) {
        deploy();
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(2));
        core.clock.isWrongBy(Duration.ofMinutes(minutes));
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(G).placement().clusterOf("a")).contains(C1);
        core.world.restoreCluster("c1");
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(G).placement().clusterOf("a")).contains(C1);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void aServerThatTakesOverWithAnotherClockGivesAClusterTheWholeGrace(int minutes) {
        deploy();
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(2));
        core.stopEngine();
        core.clock.isWrongBy(Duration.ofMinutes(minutes));
        core.startEngine();
        core.pass(Duration.ofSeconds(8));
        assertThat(core.view(G).placement().clusterOf("a")).contains(C1);
        core.passUntil(() -> core.view(G).placement().clusterOf("a").equals(Optional.of(C2)), Duration.ofSeconds(30));
    }

    @Test
    void aClusterThatStaysAwayIsGivenUpSoonAlthoughTheClockWentBack() {
        deploy();
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(2));
        core.clock.isWrongBy(Duration.ofHours(-1));
        core.passUntil(() -> core.view(G).placement().clusterOf("a").equals(Optional.of(C2)), Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void anOrphanGoesAfterItsGraceWhateverTheClockShows(int minutes) {
        deploy();
        String owner = core.stores.instance().instanceId();
        core.stores.graphs().delete(G, eu.nephele.smo.core.contract.store.TransactionalWrites.NOTHING);
        core.passUntil(() -> !core.stores.tombstones().list().isEmpty(), Duration.ofSeconds(60));
        assertThat(core.world.snapshot().releases())
                .allSatisfy(release -> assertThat(release.state().owner()).isEqualTo(owner));
        core.clock.isWrongBy(Duration.ofMinutes(minutes));
        core.pass(Duration.ofSeconds(55));
        assertThat(core.world.snapshot().releases()).isNotEmpty();
        core.passUntil(() -> core.world.snapshot().releases().isEmpty(), Duration.ofMinutes(5));
    }

    /** The time of the last change is stored: it is ahead, also for the next process. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCoolDownDoesNotLastUntilTheClockHasCaughtUp(boolean restarted) {
        core.world.setLoad("front", 25);
        core.deploy("p", COOLING);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.passUntil(() -> core.view(G).placement().replicasOf("front") == 3, Duration.ofSeconds(90));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.clock.isWrongBy(Duration.ofHours(-1));
        if (restarted) {
            core.stopEngine();
            core.startEngine();
        }
        core.world.setLoad("front", 0);
        core.passUntil(() -> core.view(G).placement().replicasOf("front") == 1, Duration.ofSeconds(90));
    }

    @Test
    void theNumberThatIsSafeWithoutDataDoesNotWaitUntilTheClockHasCaughtUp() {
        core.world.setLoad("front", 10);
        core.deploy("p", SAFE);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        core.pass(Duration.ofSeconds(10));
        core.world.begin(Outage.METRICS);
        core.clock.isWrongBy(Duration.ofHours(-1));
        core.passUntil(() -> core.view(G).placement().replicasOf("front") == 3, Duration.ofSeconds(150));
    }

    private void deploy() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private void through(int minutes, Supplier<Change> change, Duration before) {
        core.clock.isWrongBy(Duration.ZERO);
        Change made = change.get();
        core.pass(before);
        core.clock.isWrongBy(Duration.ofMinutes(minutes));
        core.passUntil(() -> operation(made).state().isFinal(), Duration.ofSeconds(20));
        assertThat(operation(made).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(operation(made).stages())
                .allSatisfy(stage -> assertThat(stage.duration().orElseThrow()).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    private Operation operation(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }

    private static final String COOLING = """
            hdaGraph:
              id: g
              strategies:
                scaling:
                  id: threshold
                  intervalSeconds: 5
                  parameters: { upPerSecond: 20, downPerSecond: 5, upReplicas: 3, downReplicas: 1, cooldownSeconds: 60 }
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
            """;

    private static final String SAFE = COOLING.replace(
            "upPerSecond: 20, downPerSecond: 5, upReplicas: 3, downReplicas: 1, cooldownSeconds: 60",
            "noData: { afterSeconds: 120, replicas: 3 }");
}
