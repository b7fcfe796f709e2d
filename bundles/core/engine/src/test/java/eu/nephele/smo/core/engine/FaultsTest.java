// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures outside, and that nothing is lost by them. */
class FaultsTest {

    private static final GraphId SOLO = new GraphId("p", "solo");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "faults-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void aDeployerThatIsAwayIsTriedAgainUntilItIsBack() {
        core.world.begin(Outage.DEPLOYER);
        Change change = core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(10));
        assertThat(change.decided()).isCompleted();
        assertThat(change.done()).isNotDone();
        assertThat(core.view(SOLO).condition(Condition.READY).orElseThrow().reason())
                .isEqualTo("StepFailed");
        core.world.end(Outage.DEPLOYER);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        assertThat(change.done()).isCompleted();
    }

    @Test
    void aRuntimeThatCannotBeSeenChangesNothing() {
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(4));
        core.world.begin(Outage.RUNTIME);
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(SOLO).phase()).isEqualTo(GraphPhase.DEGRADED);
        core.world.end(Outage.RUNTIME);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        assertThat(core.world.snapshot().releases())
                .singleElement()
                .satisfies(release -> assertThat(release.state().revision()).isEqualTo(1));
    }

    @Test
    void aRefusalIsReportedToWhoWaitsAndRecoversWhenItIsGone() {
        RefusingDeployer refusing = new RefusingDeployer(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "helm", refusing);
        Change change = core.deploy(
                "p", YAML.replace("id: solo\n  services", "id: solo\n  lifecycle: { onFailure: keep }\n  services"));
        core.pass(Duration.ofSeconds(3));
        assertThat(failure(change).kind()).isEqualTo(SmoException.Kind.UPSTREAM_FAILED);
        assertThat(failure(change).source()).isEqualTo("helm");
        GraphView view = core.view(SOLO);
        assertThat(view.phase()).isEqualTo(GraphPhase.FAILED);
        assertThat(view.service("solo").orElseThrow().state()).isEqualTo(ServiceState.FAILED);
        assertThat(view.condition(Condition.READY).orElseThrow().message()).contains("chart not found");
        refusing.refuses = false;
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
    }

    @Test
    void withoutADeployerNothingIsLost() {
        core.ports().remove(WorkloadDeployer.class, "helm", core.world.deployer());
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(SOLO).condition(Condition.READY).orElseThrow().message())
                .contains("No deployer for artifacts of type HELM");
        core.ports().add(WorkloadDeployer.class, "helm", core.world.deployer());
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
    }

    @Test
    void withoutClustersAGraphWaitsAndIsPlacedWhenOneComes() {
        // no cluster at all is an ordinary refusal
        List<String> clusters = core.world.snapshot().clusters().stream()
                .map(cluster -> cluster.name())
                .toList();
        clusters.forEach(core.world::failCluster);
        core.pass(Duration.ofSeconds(1));
        Change change = core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(2));
        assertThat(failure(change).getMessage()).contains("No available cluster");
        clusters.forEach(core.world::restoreCluster);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
    }

    @Test
    void aRequestForALostClusterIsRefusedAndAnUpdateUnderWayIsNot() {
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        ClusterId lost = core.view(SOLO).placement().clusters().iterator().next();
        core.world.begin(Outage.DEPLOYER);
        Change update = core.update(
                "p", Hdag.graph("solo").service("solo").service("more").yaml());
        core.pass(Duration.ofSeconds(2));
        assertThat(state(update)).isEqualTo(Operation.State.RUNNING);
        core.graphs().pause(SOLO, true, CallContext.INTERNAL);
        core.world.failCluster(lost.name());
        core.pass(Duration.ofSeconds(15));
        Change place = core.place(
                SOLO,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of(), Optional.of(lost), StrategySelection.UNSPECIFIED, false));
        core.pass(Duration.ofSeconds(5));
        assertThat(state(place)).isEqualTo(Operation.State.FAILED);
        assertThat(state(update)).isEqualTo(Operation.State.RUNNING);
        core.world.end(Outage.DEPLOYER);
        core.graphs().pause(SOLO, false, CallContext.INTERNAL);
        core.passUntil(() -> state(update).isFinal(), Duration.ofSeconds(60));
        assertThat(state(update)).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(core.eventTypes(SOLO)).contains("hdag.updated").doesNotContain("hdag.rolled_back");
    }

    @Test
    void whileNobodyTellsWhichClustersThereAreNothingIsDecided() {
        core.ports().remove(ClusterRegistry.class, SimulatedFederation.SOURCE, core.world.clusters());
        core.pass(Duration.ofSeconds(1));
        Change change = core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(5));
        assertThat(change.decided().toCompletableFuture()).isNotDone();
        assertThat(core.view(SOLO).condition(Condition.PLACED).orElseThrow().reason())
                .isEqualTo("Undecidable");
        core.ports().add(ClusterRegistry.class, SimulatedFederation.SOURCE, core.world.clusters());
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(5));
    }

    @Test
    void anUpdateAtTheVeryBeginningOfAServerIsNotGivenUpForWantOfClusters() {
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        core.stopEngine();
        core.startEngineWithoutAdapters();
        Change change = core.update("p", YAML.replace("demo/solo", "demo/solo2"));
        core.pass(Duration.ofSeconds(5));
        core.addAdapters();
        core.passUntil(() -> change.done().toCompletableFuture().isDone(), Duration.ofSeconds(20));
        assertThat(change.done()).isCompleted();
        assertThat(core.view(SOLO).item().revision()).isEqualTo(2);
        assertThat(core.view(SOLO).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void anUpdateWaitsWhileNotOneClusterIsReady() {
        core.deploy("p", YAML);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        List<String> clusters = core.world.snapshot().clusters().stream()
                .map(cluster -> cluster.name())
                .toList();
        clusters.forEach(core.world::failCluster);
        core.pass(Duration.ofSeconds(1));
        core.update("p", YAML.replace("demo/solo", "demo/solo2"));
        core.pass(Duration.ofSeconds(20));
        assertThat(core.view(SOLO).item().revision()).isEqualTo(2);
        clusters.forEach(core.world::restoreCluster);
        core.passUntil(() -> core.view(SOLO).phase() == GraphPhase.RUNNING, Duration.ofSeconds(40));
        assertThat(core.view(SOLO).item().revision()).isEqualTo(2);
    }

    @Test
    void removalGoesOnPastAnOutage() {
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(4));
        core.world.begin(Outage.DEPLOYER);
        core.remove(SOLO);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.stores.graphs().find(SOLO)).isPresent();
        core.world.end(Outage.DEPLOYER);
        core.passUntil(() -> core.stores.graphs().find(SOLO).isEmpty(), Duration.ofSeconds(40));
        assertThat(core.world.snapshot().releases()).isEmpty();
    }

    @Test
    void noHookIsAskedWhileNothingOfTheLeaseIsLeft() {
        AtomicReference<Duration> left = new AtomicReference<>(Duration.ZERO);
        core.ports().begin(new Tenure() {
            @Override
            public String holder() {
                return "smo-1";
            }

            @Override
            public long epoch() {
                return 1;
            }

            @Override
            public Duration left() {
                return left.get();
            }
        });
        List<String> calls = new ArrayList<>();
        core.ports().add(new MoveHook() {
            @Override
            public void beforeMove(Move move) {
                calls.add("before");
            }

            @Override
            public void afterMove(Move move) {
                calls.add("after");
            }
        });
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(4));
        core.place(
                SOLO,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of(), Optional.of(C2), StrategySelection.UNSPECIFIED, false));
        core.pass(Duration.ofSeconds(30));
        assertThat(calls).isEmpty();
        assertThat(core.world.snapshot().pods()).allMatch(pod -> pod.cluster().equals("c1"));
        left.set(Duration.ofSeconds(4));
        core.passUntil(
                () -> calls.size() == 2
                        && core.world.snapshot().pods().stream()
                                .allMatch(pod -> pod.cluster().equals("c2")),
                Duration.ofMinutes(2));
        assertThat(calls).containsExactly("before", "after");
    }

    @Test
    void hooksAreCalledAroundAMoveAndMayPutItOff() {
        // a partner carries state along
        List<String> calls = new ArrayList<>();
        List<Boolean> ready = new ArrayList<>();
        MoveHook hook = new MoveHook() {
            @Override
            public void beforeMove(Move move) {
                if (ready.isEmpty()) {
                    ready.add(true);
                    throw new IllegalStateException("state is not saved yet");
                }
                calls.add("before %s %s→%s".formatted(move.service(), move.from(), move.to()));
            }

            @Override
            public void afterMove(Move move) {
                calls.add("after " + move.reason());
            }
        };
        core.ports().add(hook);
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(4));
        core.place(
                SOLO,
                new PlaceRequest(
                        DecisionReason.OFFLOAD, Set.of(), Optional.of(C2), StrategySelection.UNSPECIFIED, false));
        core.passUntil(
                () -> core.view(SOLO).phase() == GraphPhase.RUNNING
                        && core.world.snapshot().pods().stream()
                                .allMatch(pod -> pod.cluster().equals("c2")),
                Duration.ofSeconds(20));
        assertThat(calls).containsExactly("before solo [sim/c1]→[sim/c2]", "after OFFLOAD");
    }

    @Test
    void aThousandPassesLeaveNoThreadBehind() throws Exception {
        // nothing leaks after remove
        core.deploy("p", YAML);
        core.pass(Duration.ofSeconds(4));
        int before = Thread.activeCount();
        for (int i = 0; i < 20; i++) {
            core.remove(SOLO);
            core.pass(Duration.ofSeconds(2));
            core.deploy("p", YAML);
            core.pass(Duration.ofSeconds(3));
        }
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1);
    }

    private Operation.State state(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow()
                .state();
    }

    private static SmoException failure(Change change) {
        assertThat(change.done()).isCompletedExceptionally();
        try {
            change.done().toCompletableFuture().join();
            throw new AssertionError("did not fail");
        } catch (CompletionException e) {
            return (SmoException) e.getCause();
        }
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(8000, 64 * GIB, 1000 * GIB, 0));
    }

    /** Refuses as long as the test wants. */
    private static final class RefusingDeployer implements WorkloadDeployer {

        private final WorkloadDeployer real;
        private boolean refuses = true;

        RefusingDeployer(WorkloadDeployer real) {
            this.real = real;
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            if (refuses) {
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

    private static final String YAML = """
            hdaGraph:
              id: solo
              services:
                - id: solo
                  deployment:
                    trigger: { auto: {} }
                    intent:
                      compute: { cpu: small, ram: small, storage: small, gpu: { enabled: false } }
                  artifact:
                    ociImage: "oci://registry.example/demo/solo"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
