// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.WatchedGraphs;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every wait names whom it waits for and can be ended; every removal ends (docs/operate/recover.md has the table). */
class AlwaysEndsTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final String TYPO =
            Hdag.of("g", "a", "b").replaceFirst("ociConfig:", "ociRun: { name: HLEM }\n        ociConfig:");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "ends-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void aGraphThatNoDeployerSupportsIsRefusedAtTheRequestWithItsPlace_F12() {
        for (Runnable call : List.<Runnable>of(
                () -> core.deploy("p", TYPO),
                () -> core.doors().plans().plan(DeployRequest.of(core.graph("p", TYPO)), CallContext.INTERNAL))) {
            SmoException refused = catchThrowableOfType(SmoException.class, call::run);
            assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
            assertThat(refused.violations())
                    .containsExactly(new Violation(
                            "/hdaGraph/services/0/artifact/ociRun/name",
                            "no deployer installs artifacts of type HLEM; installed are: helm"));
        }
        assertThat(core.stores.graphs().find(G)).isEmpty();
        core.deploy("p", Hdag.of("g", "a"));
        assertThat(catchThrowableOfType(SmoException.class, () -> core.update("p", TYPO))
                        .kind())
                .isEqualTo(SmoException.Kind.INVALID);
    }

    @Test
    void whatWasAcceptedBeforeAnyDeployerCameWaitsVisiblyAndCanBeRemovedAtOnce_F12() {
        WorkloadDeployer helm = core.ports().deployer("helm");
        core.stopEngine();
        core.startEngineWithoutDeployers();
        core.deploy("p", TYPO);
        core.ports().add(WorkloadDeployer.class, "helm", helm);
        core.pass(Duration.ofSeconds(20));
        assertThat(ready(G).message()).contains("No deployer for artifacts of type HLEM");

        Change remove = core.remove(G);
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(10));
        assertThat(stored(remove).state()).isEqualTo(State.SUCCEEDED);
        assertNothingLeft();
        core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
    }

    @Test
    void aRemovalEndsWhoseGraphIsGoneAndWhoseNameIsTakenBeforeItsCallerHasComeBack() {
        AtomicBoolean once = new AtomicBoolean();
        core.memory = engineStores -> WatchedGraphs.in(engineStores, method -> {}, method -> {
            if (method.equals("update") && once.getAndSet(false)) {
                core.world.apply(new WorldAction.SetReplicas(new WorkloadRef(G, "a"), "c1", 3));
                core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofMinutes(1));
                core.deploy("p", Hdag.of("g", "a"));
            }
        });
        core.stopEngine();
        core.startEngine();
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        once.set(true);
        Change remove = core.remove(G);
        assertThat(once).as("the graph was gone before that").isFalse();

        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(remove).state()).isEqualTo(State.SUCCEEDED);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(core.doors()
                        .operations()
                        .list(Optional.of(ResourceRef.of(G)), Optional.empty(), false, 100, CallContext.INTERNAL))
                .allMatch(operation -> operation.state().isFinal());
    }

    @Test
    void whileDeployersMayStillComeAfterARestartAValidTypeIsNotRefusedForGood() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        WorkloadDeployer helm = core.ports().deployer("helm");
        core.stopEngine();
        core.startEngineWithoutDeployers();
        core.ports().add(WorkloadDeployer.class, "other", new Stubborn(helm));

        SmoException early = catchThrowableOfType(SmoException.class, () -> core.deploy("p", Hdag.of("h", "c")));
        assertThat(early.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        assertThat(early.retryAfter()).isPresent();
        assertThat(early).hasMessageContaining("HELM");
        core.pass(Duration.ofMinutes(2));
        SmoException late = catchThrowableOfType(SmoException.class, () -> core.deploy("p", Hdag.of("h", "c")));
        assertThat(late.kind()).isEqualTo(SmoException.Kind.INVALID);

        // what the graph has already is no reason against its update
        Change update = core.update("p", Hdag.of("g", "a", "b"));
        core.ports().add(WorkloadDeployer.class, "helm", helm);
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(60));
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void aRepeatedUpdateIsAnsweredAlsoWhileItsDeployerIsNotThere() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.ports()
                .add(WorkloadDeployer.class, "other", new Stubborn(core.ports().deployer("helm")));
        RequestOrigin origin =
                new RequestOrigin("me", "", Optional.of(new RequestOrigin.IdempotencyKey("key", "print")));
        String other = Hdag.of("g", "b").replaceFirst("ociConfig:", "ociRun: { name: OTHER }\n        ociConfig:");
        Change first = core.graphs()
                .update(DeployRequest.of(core.graph("p", other)), new CallContext(origin, Optional.empty()));
        core.update("p", Hdag.of("g", "a"));
        core.stopEngine();
        core.startEngine();
        Change again = core.graphs()
                .update(DeployRequest.of(core.graph("p", other)), new CallContext(origin, Optional.empty()));
        assertThat(again.operation().orElseThrow().id())
                .isEqualTo(first.operation().orElseThrow().id());
    }

    @Test
    void whatIsThereAndMayNotBeRemovedIsNotTakenForNeverInstalled() {
        Stubborn deployer = replaced();
        deployer.half.add("a");
        deployer.refused.add("remove a");
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, seeingNoRemains(core.world.runtime()), 1);
        Change change = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofMinutes(1));
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(ready(G).reason()).isEqualTo("Undoing");
        assertThat(ready(G).message()).contains("may not remove a");
        assertThat(stored(change).state()).isEqualTo(State.RUNNING);

        deployer.refused.clear();
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(90));
        assertNothingLeft();
    }

    /** As with a release that has no workload: a ConfigMap alone, say. */
    private static WorkloadRuntime seeingNoRemains(WorkloadRuntime real) {
        return (WorkloadRuntime) Proxy.newProxyInstance(
                WorkloadRuntime.class.getClassLoader(),
                new Class<?>[] {WorkloadRuntime.class},
                (proxy, method, args) -> method.getName().equals("remains") ? Map.of() : method.invoke(real, args));
    }

    @Test
    void whatWasNeverInstalledDoesNotHoldUpAnUpdateThatMendsIt_F12() {
        WorkloadDeployer helm = core.ports().deployer("helm");
        core.stopEngine();
        core.startEngineWithoutDeployers();
        core.deploy("p", TYPO);
        core.ports().add(WorkloadDeployer.class, "helm", helm);
        core.pass(Duration.ofSeconds(20));

        Change update = core.update("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.SUCCEEDED);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aRemovalWhoseDeployerIsGoneForGoodNamesItAndCanBeForced_F12() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        WorkloadDeployer helm = core.ports().deployer("helm");
        core.ports().remove(WorkloadDeployer.class, "helm", helm);
        Change remove = core.remove(G);
        core.pass(Duration.ofMinutes(2));
        assertThat(stored(remove).state().isFinal()).isFalse();
        assertThat(core.stores.graphs().find(G).orElseThrow().observed().conditions())
                .anySatisfy(condition ->
                        assertThat(condition.message()).contains("No deployer for artifacts of type HELM"));

        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(10));
        assertThat(stored(forced).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(forced).message()).contains("Left outside", "HELM");
        assertThat(stored(remove).state()).isEqualTo(State.SUPERSEDED);
        assertThat(core.stores.graphs().find(G)).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();

        // left-overs carry our mark: the sweep removes them as soon as possible
        core.ports().add(WorkloadDeployer.class, "helm", helm);
        core.pass(Duration.ofMinutes(3));
        assertNothingLeft();
    }

    @Test
    void aRemovalCanBeForcedFromTheBeginningAndLeavesNothingWhereNothingIsInItsWay() {
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(10));
        core.pass(Duration.ofMinutes(3));
        assertNothingLeft();
    }

    @Test
    void aRefusedRightEndsTheRollbackOfWhatWasNeverMadeAndTheNamespaceIsReported_F37() {
        Stubborn deployer = replaced();
        deployer.refused.addAll(Set.of("install a", "remove a"));
        Change change = core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(30));

        assertThat(stored(change).state()).isEqualTo(State.FAILED);
        assertThat(stored(change).error().orElseThrow().message()).contains("may not install a");
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.FAILED);
        assertThat(ready(G).reason()).isEqualTo("RolledBack");
        assertThat(ready(G).message()).contains("may not install a", "may not remove a", "namespace p may be left");
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();

        Change remove = core.remove(G);
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(10));
        assertThat(stored(remove).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void theRollbackOfAWorkloadThatMayNotBeRemovedEndsAtTheDeadlineAndKeepsItsCapacity_F37() {
        Stubborn deployer = replaced();
        deployer.refused.addAll(Set.of("install b", "remove a"));
        Change change = core.deploy("p", Hdag.of("g", "a", "b"));
        core.pass(Duration.ofSeconds(500));
        assertThat(stored(change).state()).isEqualTo(State.RUNNING);
        assertThat(ready(G).reason()).isEqualTo("Undoing");
        assertThat(ready(G).message()).contains("may not remove a");

        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(200));
        assertThat(stored(change).state()).isEqualTo(State.FAILED);
        assertThat(ready(G).reason()).isEqualTo("NotUndone");
        assertThat(ready(G).message()).contains("may not install b", "may not remove a");
        assertThat(core.stores.capacity().reservedBy(G)).isNotEmpty();

        deployer.refused.clear();
        core.remove(G);
        core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(30));
        assertNothingLeft();
    }

    @Test
    void aFabricThatRefusesOrHasADefectDoesNotKeepAReleaseFromBeingRemoved() {
        for (RuntimeException failure : List.of(
                new AdapterException(AdapterException.Kind.REFUSED, "fabric", "may not delete exports"),
                new IllegalStateException("null pointer"))) {
            core.deploy("p", Hdag.of("g", "a"));
            core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
            StubbornFabric fabric = new StubbornFabric(failure);
            core.ports().add(NetworkFabric.class, "", fabric, 0);
            Change remove = core.remove(G);
            core.passUntil(() -> core.world.snapshot().releases().isEmpty(), Duration.ofSeconds(90));
            assertThat(stored(remove).state().isFinal()).isFalse();
            assertThat(stored(remove).error().orElseThrow().message()).contains(failure.getMessage());

            Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
            core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(40));
            assertThat(stored(forced).message()).contains("Left outside", failure.getMessage());
            core.ports().remove(NetworkFabric.class, "", fabric);
        }
    }

    @Test
    void aGraphWhoseDescriptorCannotBeReadHoldsUpNoOtherAndIsRemovedByForce() {
        core.deploy("p", Hdag.of("g", "a"));
        core.deploy("p", Hdag.of("other", "b"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        core.stopEngine();
        core.reading = AlwaysEndsTest::forgetful;
        core.startEngine();
        core.pass(Duration.ofMinutes(1));
        assertThat(core.view(new GraphId("p", "other")).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.stores.graphs().find(G).orElseThrow().observed().conditions())
                .anySatisfy(condition -> assertThat(condition.reason()).isEqualTo("InternalError"));

        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(40));
        assertThat(stored(forced).message()).contains("Left outside", "descriptor");
        assertThat(core.stores.graphs().find(G)).isEmpty();
        core.pass(Duration.ofMinutes(4));
        assertThat(core.world.snapshot().releases()).hasSize(1);
    }

    /** A reader that does not understand any more what it has accepted of one graph. */
    private static DescriptorReader forgetful(DescriptorReader real) {
        return (DescriptorReader) Proxy.newProxyInstance(
                DescriptorReader.class.getClassLoader(),
                new Class<?>[] {DescriptorReader.class},
                (proxy, method, args) -> {
                    boolean forgotten = method.getName().equals("restore")
                            && ((JsonObject) args[1]).get("id").equals(Optional.of(new JsonString("g")));
                    if (forgotten) {
                        throw new IllegalStateException("a descriptor of another time");
                    }
                    return method.invoke(real, args);
                });
    }

    @Test
    void aRuntimeOrMonitoringWithADefectDoesNotKeepAGraphFromBeingRemovedByForce() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("a")
                        .conditional("c", "ANY", "e=up == 5")
                        .yaml());
        core.passUntil(() -> core.world.snapshot().releases().size() == 1, Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(10));
        core.ports().add(AlertRules.class, "", broken(AlertRules.class, core.world.alertRules()), 1);
        core.ports()
                .add(
                        WorkloadRuntime.class,
                        SimulatedFederation.SOURCE,
                        broken(WorkloadRuntime.class, core.world.runtime()),
                        1);
        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(40));
        assertThat(stored(forced).message()).contains("alert-rules", "clusters", "null pointer");
        assertThat(core.world.snapshot().releases()).isEmpty();
    }

    /** An adapter that works until something is to be removed. */
    private static <T> T broken(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            if (Set.of("remains", "remove").contains(method.getName())) {
                throw new IllegalStateException("null pointer");
            }
            return method.invoke(real, args);
        }));
    }

    @Test
    void aDeployerThatDoesNotTellWhatIsLeftDoesNotHoldUpAnyRemoval() {
        Stubborn deployer = replaced();
        deployer.silent = true;
        core.deploy("p", Hdag.of("g", "a"));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        Change remove = core.remove(G);
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(30));
        assertThat(stored(remove).state()).isEqualTo(State.SUCCEEDED);
        assertNothingLeft();
    }

    @Test
    void remainingObjectsOfARollbackOrRemovalAreReportedAndNotAwaited_F37() {
        Stubborn deployer = replaced();
        deployer.refused.add("install b");
        deployer.leftovers.add("the namespace p stays on k1");
        Change change = core.deploy("p", Hdag.of("g", "a", "b"));
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(30));
        assertThat(ready(G).reason()).isEqualTo("RolledBack");
        assertThat(ready(G).message()).containsOnlyOnce("the namespace p stays on k1");

        Change remove = core.remove(G);
        core.passUntil(() -> stored(remove).state().isFinal(), Duration.ofSeconds(10));
        assertThat(stored(remove).state()).isEqualTo(State.SUCCEEDED);
        assertThat(stored(remove).message()).contains("the namespace p stays on k1");
        assertNothingLeft();
    }

    @Test
    void aDefectOfADeployerIsReportedAndDoesNotKeepAGraphFromBeingRemoved() {
        Stubborn deployer = replaced();
        deployer.broken = true;
        Change change = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(20));
        assertThat(stored(change).state().isFinal()).isFalse();
        assertThat(ready(G).reason()).isEqualTo("InternalError");
        assertThat(ready(G).message()).contains("null pointer");

        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofSeconds(40));
        assertThat(stored(forced).message()).contains("null pointer");
    }

    private Stubborn replaced() {
        Stubborn deployer = new Stubborn(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "helm", deployer);
        return deployer;
    }

    private Condition ready(GraphId graph) {
        return core.view(graph).condition(Condition.READY).orElseThrow();
    }

    private void assertNothingLeft() {
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    /** Reaches everything and takes nothing back. */
    private record StubbornFabric(RuntimeException failure) implements NetworkFabric {

        @Override
        public void ensureReachable(StepKey key, Collection<ClusterId> from, Collection<ClusterId> by) {}

        @Override
        public void remove(StepKey key) {
            throw failure;
        }

        @Override
        public List<ClusterNetwork> networks() {
            return List.of();
        }
    }

    /** Refuses single steps as long as the test wants. */
    private static final class Stubborn implements WorkloadDeployer {

        private final WorkloadDeployer real;
        private final Set<String> refused = new HashSet<>();
        private final Set<String> half = new HashSet<>();
        private final List<String> leftovers = new ArrayList<>();
        private boolean broken;
        private boolean silent;

        Stubborn(WorkloadDeployer real) {
            this.real = real;
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
            require("install", request.key().workload());
            ReleaseState installed = real.ensureInstalled(request);
            if (half.contains(request.key().workload().service())) {
                throw new AdapterException(AdapterException.Kind.REFUSED, "helm", "may not label what it has made");
            }
            return installed;
        }

        @Override
        public void ensureRemoved(StepKey key, String owner) {
            require("remove", key.workload());
            real.ensureRemoved(key, owner);
        }

        @Override
        public List<String> leftovers(WorkloadRef workload) {
            if (silent) {
                throw new IllegalStateException("null pointer");
            }
            return leftovers;
        }

        private void require(String step, WorkloadRef workload) {
            if (broken) {
                throw new IllegalStateException("null pointer");
            }
            if (refused.contains(step + " " + workload.service())) {
                throw new AdapterException(
                        AdapterException.Kind.REFUSED, "helm", "may not %s %s".formatted(step, workload.service()));
            }
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
