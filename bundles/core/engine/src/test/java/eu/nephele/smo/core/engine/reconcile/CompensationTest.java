// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.operation.OperationTransitions;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Deployments that fail for good leave nothing, or what the graph wishes to be left; stop and remove go on past errors.
 */
class CompensationTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;
    private MoodyDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "compensation-" + UUID.randomUUID());
        deployer = new MoodyDeployer(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "helm", deployer);
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aRefusedDeploymentIsRolledBackInReverse() {
        // nothing stays half installed
        deployer.refuses("c");
        Change change = core.deploy(
                "p",
                Hdag.graph("g").service("a").after("b", "a").after("c", "b").yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));

        assertNothingLeft();
        assertThat(deployer.removed).containsExactly("c", "b", "a");
        Operation operation = stored(change);
        assertThat(operation.state()).isEqualTo(Operation.State.FAILED);
        assertThat(operation.error().orElseThrow().source()).isEqualTo("helm");
        assertThat(operation.error().orElseThrow().message()).contains("no chart for c");
        assertThat(operation.stages()).extracting(Operation.Stage::name).contains(OperationTransitions.UNDOING);
        assertThat(change.done()).isCompletedExceptionally();
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.failed").doesNotContain("hdag.deployed");
        assertThat(core.view(G).condition(Condition.READY).orElseThrow().message())
                .contains("no chart for c")
                .contains("rolled back");
        core.pass(Duration.ofMinutes(2));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.FAILED);
        assertNothingLeft();
    }

    @Test
    void theSameDeploymentAgainTriesAnewAndSucceedsWhenItIsMended() {
        deployer.refuses("b");
        String yaml = Hdag.of("g", "a", "b");
        core.deploy("p", yaml);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        Change again = core.deploy("p", yaml);
        assertThat(again.replay()).isFalse();
        core.passUntil(() -> stored(again).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(again).state()).isEqualTo(Operation.State.FAILED);
        assertNothingLeft();

        deployer.mended("b");
        Change third = core.deploy("p", yaml);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(stored(third).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(core.world.snapshot().releases()).hasSize(2);
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.deployed");
    }

    @Test
    void aFailedGraphCanBeUpdatedStoppedOrRemoved() {
        deployer.refuses("b");
        core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        Change update = core.update("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(Operation.State.SUCCEEDED);

        Change remove = core.remove(G);
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(30));
        assertThat(core.stores.graphs().find(G)).isEmpty();
        assertNothingLeft();

        core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        Change second = core.remove(G);
        core.passUntil(() -> stored(second).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(second).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(core.stores.graphs().find(G)).isEmpty();
    }

    @Test
    void whatShallBeKeptIsKept() {
        deployer.refuses("b");
        Change change = core.deploy(
                "p",
                Hdag.graph("g")
                        .lifecycle("{ onFailure: keep }")
                        .service("a")
                        .service("b")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(30));
        assertThat(stored(change).state()).isEqualTo(Operation.State.FAILED);
        core.pass(Duration.ofMinutes(2));
        assertThat(releases()).containsExactly("a");
        core.remove(G);
        core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(60));
        assertNothingLeft();
    }

    @Test
    void aDeploymentThatNeverGetsReadyIsRolledBack() {
        core.close();
        start(Duration.ofDays(1));
        Change change = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(590));
        assertThat(stored(change).state()).isEqualTo(Operation.State.RUNNING);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(60));
        assertThat(stored(change).error().orElseThrow().kind()).isEqualTo(SmoException.Kind.TIMED_OUT);
        assertThat(stored(change).error().orElseThrow().message()).contains("600 s", "a");
        assertNothingLeft();
    }

    @Test
    void aNameThatFailedByItsDeadlineAndWasRemovedHasAllItsTimeAgain() {
        core.close();
        start(Duration.ofDays(1));
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofMinutes(11));
        core.remove(G);
        core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(60));

        Change again = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(590));
        assertThat(stored(again).state()).isEqualTo(Operation.State.RUNNING);
    }

    @Test
    void aRemovalGoesOnPastErrorsTellsThemAllAndTriesAgain() {
        core.deploy("p", Hdag.of("g", "a", "b", "c"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        deployer.keeps("a");
        deployer.keeps("c");
        Change remove = core.remove(G);
        core.pass(Duration.ofSeconds(10));
        assertThat(releases()).containsExactly("a", "c");
        assertThat(stored(remove).state().isFinal()).isFalse();
        assertThat(stored(remove).error().orElseThrow().message()).contains("c is locked", "a is locked");
        assertThat(stored(remove).error().orElseThrow().source()).isEqualTo("helm");
        deployer.mended("a");
        deployer.mended("c");
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(90));
        assertThat(stored(remove).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(stored(remove).error()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void aStopGoesOnPastErrorsAndWhatIsGoneAlreadyIsNoError() {
        core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.world
                .deployer()
                .ensureRemoved(
                        new StepKey(new WorkloadRef(G, "b"), 1, "vandalism"),
                        core.stores.instance().instanceId());
        deployer.keeps("b");
        deployer.keeps("a");
        Change stop = core.stop(G);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.STOPPING);
        deployer.mended("a");
        deployer.mended("b");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(90));
        assertThat(stored(stop).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertNothingLeft();
    }

    @Test
    void anErrorDuringRollbackIsRetried() {
        deployer.refuses("b");
        deployer.keeps("a");
        Change change = core.deploy("p", Hdag.of("g", "a", "b"));
        core.pass(Duration.ofSeconds(20));
        assertThat(stored(change).state()).isEqualTo(Operation.State.RUNNING);
        deployer.mended("a");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.FAILED, Duration.ofSeconds(90));
        assertThat(stored(change).error().orElseThrow().message()).contains("no chart for b");
        assertNothingLeft();
    }

    @Test
    void aStartThatFailsForGoodLeavesTheGraphFailedAndCanBeTriedAgain() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(30));
        deployer.refuses("a");
        Change start = core.start(G);
        core.passUntil(() -> stored(start).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(start).state()).isEqualTo(Operation.State.FAILED);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.FAILED);
        deployer.mended("a");
        core.graphs().deploy(DeployRequest.of(core.graph("p", Hdag.of("g", "a"))), CallContext.INTERNAL);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
    }

    @Test
    void aCompleteDeploymentIsNotRolledBackAtALaterFailureWithoutAGoodRevision() {
        core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        breaksLater("b", 0); // as a store without this column has left it

        core.pass(Duration.ofSeconds(60));
        assertThat(deployer.removed).isEmpty();
        assertThat(core.eventTypes(G)).contains("hdag.drifted");
        assertThat(releases()).containsExactly("a");
        assertThat(core.stores.capacity().reservedBy(G)).isNotEmpty();
        assertThat(core.stores
                        .graphs()
                        .find(G)
                        .orElseThrow()
                        .decided()
                        .orElseThrow()
                        .undoing())
                .isEmpty();
        deployer.mended("b");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
    }

    @Test
    void anUpdateThatWasCompleteIsNotGivenUpAtALaterFailure() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.update("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        breaksLater("b", 1);

        core.pass(Duration.ofSeconds(60));
        assertThat(core.eventTypes(G)).doesNotContain("hdag.rolled_back").contains("hdag.drifted");
        assertThat(core.view(G).graph().service("b")).isPresent();
        deployer.mended("b");
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
    }

    /** A service of a complete graph is removed outside, and cannot be installed again. */
    private void breaksLater(String service, long goodRevision) {
        deployer.refuses(service);
        core.world.apply(new WorldAction.DeleteRelease(new WorkloadRef(G, service)));
        ObservedGraph seen = core.stores.graphs().find(G).orElseThrow().observed();
        ObservedGraph other = new ObservedGraph(
                seen.phase(),
                seen.conditions(),
                seen.services(),
                seen.generation(),
                seen.convergedGeneration(),
                goodRevision,
                seen.drift());
        core.stores.graphs().observe(G, other, TransactionalWrites.NOTHING);
    }

    private void start(Duration startupDelay) {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
        try {
            core = new EmbeddedCore(Scenario.of(startupDelay, cluster), "compensation-" + UUID.randomUUID());
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
        core.pass(Duration.ofSeconds(1));
    }

    private void assertNothingLeft() {
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.world.snapshot().rules()).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
    }

    private List<String> releases() {
        return core.world.snapshot().releases().stream()
                .map(WorldSnapshot.ReleaseSnapshot::state)
                .map(state -> state.workload().service())
                .sorted()
                .toList();
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    /** Refuses to install or to remove single services as long as the test wants. */
    private static final class MoodyDeployer implements WorkloadDeployer {

        private final WorkloadDeployer real;
        private final ConcurrentMap<String, String> moods = new ConcurrentHashMap<>(Map.of());
        private final List<String> removed = new ArrayList<>();

        MoodyDeployer(WorkloadDeployer real) {
            this.real = real;
        }

        void refuses(String service) {
            moods.put(service, "install");
        }

        void keeps(String service) {
            moods.put(service, "remove");
        }

        void mended(String service) {
            moods.remove(service);
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            String service = request.key().workload().service();
            if ("install".equals(moods.get(service))) {
                throw new AdapterException(AdapterException.Kind.REFUSED, "helm", "no chart for " + service);
            }
            return real.ensureInstalled(request);
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            String service = key.workload().service();
            if ("remove".equals(moods.get(service))) {
                throw new AdapterException(AdapterException.Kind.REFUSED, "helm", service + " is locked");
            }
            removed.add(service);
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
