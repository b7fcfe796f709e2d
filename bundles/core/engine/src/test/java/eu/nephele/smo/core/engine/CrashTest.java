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
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The process dies after each single step that changes anything, in the store or outside. The next one finds
 * what was done and completes or compensates it; nothing is orphaned and nothing that was acknowledged is lost.
 */
class CrashTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;
    private static final String FIRST = Hdag.graph("g")
            .service("a")
            .after("b", "a")
            .conditional("w", "ANY", "e=up == 5")
            .yaml();
    private static final String SECOND =
            Hdag.graph("g").service("a", "small", "", "{ n: 2 }").service("c").yaml();

    private final Mortal mortal = new Mortal();
    private EmbeddedCore core;
    private boolean refusing;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofMillis(300), cluster("c1"), cluster("c2")), "crash-" + UUID.randomUUID());
        core.memory = mortal::before;
        reborn();
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void aDeploymentIsCompleted() {
        int steps = dyingAtEach(() -> {}, () -> core.deploy("p", FIRST), () -> {
            settled(GraphPhase.WAITING);
            assertReleases("a", "b");
            assertThat(core.world.snapshot().rules()).hasSize(1);
        });
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void aDeploymentThatIsRefusedIsCompensated() {
        refusing = true;
        int steps = dyingAtEach(() -> {}, () -> core.deploy("p", FIRST.replace("demo/b", "demo/refused")), () -> {
            settled(GraphPhase.FAILED);
            assertReleases();
            assertThat(core.world.snapshot().rules()).isEmpty();
            assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
        });
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void anUpdateIsCompleted() {
        dyingAtEach(this::running, () -> core.update("p", SECOND), () -> {
            settled(GraphPhase.RUNNING);
            assertReleases("a", "c");
            assertThat(core.world.snapshot().rules()).isEmpty();
            assertThat(core.view(G).item().revision()).isEqualTo(2);
        });
    }

    @Test
    void anUpdateThatIsRefusedGoesBack() {
        refusing = true;
        dyingAtEach(this::running, () -> core.update("p", SECOND.replace("demo/c", "demo/refused")), () -> {
            settled(GraphPhase.WAITING);
            assertReleases("a", "b");
            assertThat(core.view(G).item().revision()).isEqualTo(1);
        });
    }

    @Test
    void aMoveIsCompleted() {
        dyingAtEach(
                this::running,
                () -> core.place(
                        G,
                        new PlaceRequest(
                                DecisionReason.OFFLOAD,
                                Set.of("a"),
                                Optional.of(C2),
                                StrategySelection.UNSPECIFIED,
                                false)),
                () -> {
                    settled(GraphPhase.WAITING);
                    assertReleases("a", "b");
                    assertThat(core.view(G).placement().clusterOf("a")).contains(C2);
                    assertThat(core.world.snapshot().pods()).hasSize(2);
                    assertThat(core.stores
                                    .graphs()
                                    .find(G)
                                    .orElseThrow()
                                    .decided()
                                    .orElseThrow()
                                    .inTransit())
                            .isFalse();
                });
    }

    @Test
    void aStopIsCompleted() {
        dyingAtEach(this::running, () -> core.stop(G), () -> {
            settled(GraphPhase.STOPPED);
            assertReleases();
            assertThat(core.world.snapshot().rules()).isEmpty();
            assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
        });
    }

    @Test
    void aRemovalIsCompleted() {
        dyingAtEach(this::running, () -> core.remove(G), () -> {
            core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(60));
            assertReleases();
            assertThat(core.world.snapshot().rules()).isEmpty();
        });
    }

    @Test
    void whatAnEventInstalledAndNobodyNotedIsTakenAwayWhenItWaitsAnew() {
        int step = 0;
        boolean died = true;
        while (died) {
            step++;
            running();
            mortal.dieAt(step);
            try {
                core.fire(G, "w", "e", true);
                core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
            } catch (Mortal.Death e) {
                // as intended
            }
            died = mortal.died();
            revive();
            core.stop(G);
            core.start(G);
            settled(GraphPhase.WAITING);
            core.pass(Duration.ofSeconds(60));
            assertReleases("a", "b");
            clear();
        }
        assertThat(step).isGreaterThan(3);
    }

    @Test
    void anUpdateThatIsRefusedLeavesWhatAnEventHasInstalled() {
        refusing = true;
        running();
        core.fire(G, "w", "e", true);
        settled(GraphPhase.RUNNING);
        core.update("p", SECOND.replace("demo/c", "demo/refused"));
        settled(GraphPhase.RUNNING);
        core.pass(Duration.ofMinutes(2));
        assertThat(core.view(G).item().revision()).isEqualTo(1);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertReleases("a", "b", "w");
        clear();
    }

    /** Number of steps at which the process died. */
    private int dyingAtEach(Runnable before, Supplier<Change> change, Runnable expected) {
        int step = 0;
        boolean died = true;
        while (died) {
            step++;
            before.run();
            Optional<Operation> last = newest();
            mortal.dieAt(step);
            Optional<Change> acknowledged = Optional.empty();
            try {
                acknowledged = Optional.of(change.get());
                core.passUntil(() -> core.stores.operations().open().isEmpty(), Duration.ofSeconds(20));
            } catch (Mortal.Death e) {
                // as intended
            }
            died = mortal.died();
            reborn();
            if (newest().equals(last)) {
                // it died before anything was stored: nothing was promised, and a client asks again
                acknowledged = Optional.of(change.get());
            }
            expected.run();
            acknowledged.ifPresent(this::assertFinal);
            assertThat(core.doors()
                            .operations()
                            .list(Optional.of(ResourceRef.of(G)), Optional.empty(), true, 10, CallContext.INTERNAL))
                    .as("open operations after death at step %d", step)
                    .isEmpty();
            assertThat(core.stores.tombstones().list()).isEmpty();
            clear();
        }
        return step;
    }

    private Optional<Operation> newest() {
        return core
                .doors()
                .operations()
                .list(Optional.of(ResourceRef.of(G)), Optional.empty(), false, 1, CallContext.INTERNAL)
                .stream()
                .findFirst();
    }

    private void assertFinal(Change acknowledged) {
        Operation operation = core.doors()
                .operations()
                .find(acknowledged.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
        assertThat(operation.state()).isEqualTo(refusing ? Operation.State.FAILED : Operation.State.SUCCEEDED);
    }

    private void running() {
        core.deploy("p", FIRST);
        settled(GraphPhase.WAITING);
    }

    private void settled(GraphPhase phase) {
        core.passUntil(
                () -> core.view(G).phase() == phase
                        && core.stores.operations().open().isEmpty(),
                Duration.ofSeconds(60));
    }

    private void clear() {
        if (core.stores.graphs().find(G).isPresent()) {
            core.remove(G);
            core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(60));
        }
        assertThat(core.world.snapshot().releases()).isEmpty();
    }

    private void reborn() {
        revive();
        core.pass(EmbeddedCore.STEP);
    }

    private void revive() {
        mortal.live();
        core.stopEngine();
        core.startEngine();
        core.ports()
                .add(
                        WorkloadDeployer.class,
                        "helm",
                        mortal.before(WorkloadDeployer.class, new Picky(core.world.deployer())));
        core.ports()
                .add(
                        WorkloadRuntime.class,
                        SimulatedFederation.SOURCE,
                        mortal.before(WorkloadRuntime.class, core.world.runtime()));
        core.ports().add(AlertRules.class, "", mortal.before(AlertRules.class, core.world.alertRules()));
    }

    private void assertReleases(String... services) {
        assertThat(core.world.snapshot().releases())
                .extracting(WorldSnapshot.ReleaseSnapshot::state)
                .extracting(state -> state.workload().service())
                .containsExactlyInAnyOrder(services);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }

    /** Has no chart that is called refused. */
    private record Picky(WorkloadDeployer real) implements WorkloadDeployer {

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            if (request.artifact().reference().contains("refused")) {
                throw new AdapterException(AdapterException.Kind.REFUSED, "helm", "chart not found");
            }
            return real.ensureInstalled(request);
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            real.ensureRemoved(key, owner);
        }

        @Override
        public Optional<ReleaseState> state(WorkloadRef workload) {
            return real.state(workload);
        }

        @Override
        public List<ReleaseState> owned() {
            return real.owned();
        }
    }
}
