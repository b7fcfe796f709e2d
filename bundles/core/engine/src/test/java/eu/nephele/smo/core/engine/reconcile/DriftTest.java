// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Outside changes are found, and repaired or only shown. */
class DriftTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final WorkloadRef A = new WorkloadRef(G, "a");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "drift-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                Arguments.of("release", List.of(new WorldAction.DeleteRelease(A))),
                Arguments.of("values", List.of(new WorldAction.ChangeValues(A))),
                Arguments.of("replicas", List.of(new WorldAction.SetReplicas(A, "c1", 3))),
                Arguments.of("replicas", List.of(new WorldAction.SetReplicas(A, "c1", 0))),
                Arguments.of(
                        "replicas",
                        List.of(new WorldAction.SetReplicas(A, "c1", 0), new WorldAction.SetReplicas(A, "c2", 1))));
    }

    @ParameterizedTest
    @MethodSource("tampering")
    void whatWasChangedOutsideIsRepaired(String field, List<WorldAction> actions) {
        deploy("{}");
        WorldSnapshot.ReleaseSnapshot before = release();
        actions.forEach(core.world::apply);
        core.passUntil(() -> core.eventTypes(G).contains("hdag.drifted"), Duration.ofSeconds(60));
        core.passUntil(this::isInSync, Duration.ofSeconds(30));
        core.pass(Duration.ofSeconds(90));
        assertThat(isInSync()).isTrue();
        assertThat(release().state().digest()).isEqualTo(before.state().digest());
        assertThat(release().replicas()).isEqualTo(before.replicas());
        assertThat(core.view(G).drift()).isEmpty();
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.drifted");
        assertThat(core.events())
                .filteredOn(event -> event.type().equals("hdag.drifted"))
                .singleElement()
                .satisfies(event -> assertThat(event.data().toJson()).contains(field));
        assertThat(core.world.overbookedEver()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("tampering")
    void whatIsOnlyReportedIsShownAlsoAfterARestartAndRepairedOnRequest(String field, List<WorldAction> actions) {
        deploy("{ onDrift: report }");
        WorldSnapshot.ReleaseSnapshot before = release();
        actions.forEach(core.world::apply);
        core.passUntil(() -> !core.view(G).drift().isEmpty(), Duration.ofSeconds(60));
        assertShown(field);
        Drift shown = core.view(G).drift().get(0);
        List<String> tampered = releases();
        core.stopEngine();
        core.startEngine();
        core.pass(Duration.ofSeconds(90));
        assertShown(field);
        assertThat(core.view(G).drift()).containsExactly(shown);
        assertThat(releases()).isEqualTo(tampered);
        assertThat(core.eventTypes(G)).containsOnlyOnce("hdag.drifted");

        Change repair = core.graphs().repair(G, CallContext.INTERNAL);
        core.passUntil(() -> repair.done().toCompletableFuture().isDone(), Duration.ofSeconds(30));
        assertThat(isInSync()).isTrue();
        assertThat(core.view(G).drift()).isEmpty();
        assertThat(release().state().digest()).isEqualTo(before.state().digest());
        assertThat(release().replicas()).isEqualTo(before.replicas());
    }

    @Test
    void aPausedGraphOnlyReportsUntilItIsResumed() {
        deploy("{}");
        core.graphs().pause(G, true, CallContext.INTERNAL);
        core.world.apply(new WorldAction.DeleteRelease(A));
        core.passUntil(() -> !core.view(G).drift().isEmpty(), Duration.ofSeconds(60));
        core.pass(Duration.ofSeconds(60));
        assertShown("release");
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.view(G).condition(Condition.AUTOMATED).orElseThrow().reason())
                .isEqualTo("Paused");
        core.graphs().pause(G, false, CallContext.INTERNAL);
        core.passUntil(this::isInSync, Duration.ofSeconds(30));
        assertThat(core.world.snapshot().releases()).hasSize(1);
        assertThat(core.eventTypes(G)).containsSequence("hdag.paused").contains("hdag.resumed");
    }

    @Test
    void aClusterThatFailsIsNoDrift() {
        deploy("{ onDrift: report }");
        core.world.failCluster("c1");
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(G).drift()).isEmpty();
        core.world.restoreCluster("c1");
        core.pass(Duration.ofSeconds(30));
        assertThat(core.eventTypes(G)).doesNotContain("hdag.drifted");
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void anUpdateOfADriftedGraphMendsIt() {
        deploy("{ onDrift: report }");
        core.world.apply(new WorldAction.SetReplicas(A, "c1", 3));
        core.passUntil(() -> !core.view(G).drift().isEmpty(), Duration.ofSeconds(60));
        core.update(
                "p",
                Hdag.graph("g")
                        .lifecycle("{ onDrift: report }")
                        .service("a")
                        .service("b")
                        .yaml());
        core.passUntil(this::isInSync, Duration.ofSeconds(30));
        assertThat(core.world.snapshot().pods()).hasSize(2);
    }

    @Test
    void aLookFromBeforeOurOwnUpdateIsNoChangeOfOthers() {
        deploy("{}");
        LookedBefore deployer = new LookedBefore(core.world.deployer());
        core.ports().add(WorkloadDeployer.class, "helm", deployer);
        update();
        WorldSnapshot.ReleaseSnapshot updated = release();

        deployer.before = Optional.of(List.of(deployer.first.orElseThrow()));
        core.passUntil(() -> deployer.before.isEmpty(), Duration.ofMinutes(2));
        core.pass(Duration.ofSeconds(10));
        assertThat(core.eventTypes(G)).doesNotContain("hdag.drifted");
        assertThat(release().state()).isEqualTo(updated.state());
    }

    @Test
    void aReleaseOfOursWhoseReplicasCannotBeSetYetIsNoChangeOfOthers() {
        deploy("{}");
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, new Stuck(core.world.runtime()), 10);
        Logger log = (Logger) LoggerFactory.getLogger(OrphanCollector.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            core.update(
                    "p", Hdag.graph("g").service("a", "small", "", "{ n: 2 }").yaml());
            core.pass(Duration.ofMinutes(2));
        } finally {
            log.detachAppender(lines);
        }
        assertThat(release().state().revision()).as("the update is there").isEqualTo(2);
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("release drifted"));
    }

    private void update() {
        Change update = core.update(
                "p", Hdag.graph("g").service("a", "small", "", "{ n: 2 }").yaml());
        core.passUntil(() -> update.done().toCompletableFuture().isDone(), Duration.ofSeconds(30));
    }

    private void deploy(String lifecycle) {
        core.deploy("p", Hdag.graph("g").lifecycle(lifecycle).service("a").yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private void assertShown(String field) {
        assertThat(core.view(G).drift()).isNotEmpty().allSatisfy(drift -> {
            assertThat(drift.service()).isEqualTo("a");
            assertThat(drift.field()).isEqualTo(field);
            assertThat(drift.actual()).isNotEqualTo(drift.expected());
        });
        assertThat(core.view(G).condition(Condition.IN_SYNC).orElseThrow().status())
                .isEqualTo(Condition.Status.FALSE);
    }

    private boolean isInSync() {
        return core.view(G).phase() == GraphPhase.RUNNING
                && core.view(G).condition(Condition.IN_SYNC).orElseThrow().status() == Condition.Status.TRUE;
    }

    private List<String> releases() {
        return core.world.snapshot().releases().stream()
                .map(release -> release.state() + " " + release.replicas())
                .toList();
    }

    private WorldSnapshot.ReleaseSnapshot release() {
        return core.world.snapshot().releases().get(0);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }

    /** Its first answer is from before the changes of the test. */
    private static final class LookedBefore implements WorkloadDeployer {

        private final WorkloadDeployer real;
        private final Optional<ReleaseState> first;
        private Optional<List<ReleaseState>> before = Optional.empty();

        LookedBefore(WorkloadDeployer real) {
            this.real = real;
            this.first = real.state(A);
        }

        @Override
        public ReleaseState ensureInstalled(InstallRequest request) {
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
            List<ReleaseState> seen = before.orElseGet(real::owned);
            before = Optional.empty();
            return seen;
        }
    }

    /** Sees everything, and can set no replicas. */
    private record Stuck(WorkloadRuntime real) implements WorkloadRuntime {

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {
            throw new AdapterException(Kind.UNAVAILABLE, SimulatedFederation.SOURCE, "not now");
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            return real.observe(workloads);
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return real.subscribe(onChange);
        }
    }
}
