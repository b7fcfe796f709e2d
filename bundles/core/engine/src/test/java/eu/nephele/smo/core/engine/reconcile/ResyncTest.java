// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.WatchedGraphs;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Converged graphs, with a runtime that reports nothing by itself. */
class ResyncTest {

    private static final long GIB = 1L << 30;
    private static final int GRAPHS = 6;
    private static final Duration DRIFT = Duration.ofSeconds(15);
    private static final GraphId G0 = new GraphId("p", "g0");
    private static final WorkloadRef A0 = new WorkloadRef(G0, "a0");

    private final AtomicInteger passes = new AtomicInteger();
    private EmbeddedCore core;
    private Silent runtime;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofMillis(300), ClusterModel.of("c1", new Resources(64_000, 64 * GIB, 1000 * GIB, 0))),
                "resync-" + UUID.randomUUID());
        core.memory = engineStores -> WatchedGraphs.in(engineStores, method -> {
            if (method.equals("find")) {
                passes.incrementAndGet();
            }
        });
        core.stopEngine();
        core.startEngine();
        runtime = new Silent(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        core.ports().remove(WorkloadRuntime.class, SimulatedFederation.SOURCE, core.world.runtime());
        for (int i = 0; i < GRAPHS; i++) {
            core.deploy("p", Hdag.of("g" + i, "a" + i, "b" + i));
        }
        core.passUntil(this::allRun, Duration.ofMinutes(1));
        core.pass(Duration.ofMinutes(2));
        passes.set(0);
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void oneOfFivePassesReadsTheObservedState() {
        core.pass(DRIFT.multipliedBy(10));
        assertThat(passes).hasValueBetween(GRAPHS, 3 * GRAPHS);
        assertThat(allRun()).isTrue();
    }

    @Test
    void whatNobodyTellsOfIsSeenAtTheNextLook() {
        core.world.apply(new WorldAction.SetReplicas(A0, "c1", 3));
        core.passUntil(() -> core.eventTypes(G0).contains("hdag.drifted"), DRIFT.plusSeconds(2));
        core.passUntil(() -> replicas() == 1, Duration.ofSeconds(10));
        core.pass(DRIFT.multipliedBy(2));
        assertThat(core.eventTypes(G0)).containsOnlyOnce("hdag.drifted");
        assertThat(allRun()).isTrue();
    }

    @Test
    void manyGraphsAreOneQuestion() {
        runtime.asked.clear();
        core.pass(DRIFT);
        assertThat(runtime.asked)
                .as("workloads per question")
                .contains(2 * GRAPHS)
                .doesNotContain(2);
    }

    @Test
    void anAdapterThatComesOrLeavesIsAReasonToLookAtAll() {
        core.pass(DRIFT);
        passes.set(0);
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, new Silent(runtime), 2);
        core.pass(DRIFT.plusSeconds(2));
        assertThat(passes).hasValueGreaterThanOrEqualTo(GRAPHS);
    }

    @Test
    void anAdapterThatCannotBeAskedIsNoticedByEachGraphAndForgottenAfterwards() {
        runtime.away = true;
        core.passUntil(
                () -> core.graphs().list("p", CallContext.INTERNAL).stream()
                        .noneMatch(graph -> graph.phase() == GraphPhase.RUNNING),
                DRIFT.plusSeconds(30));
        runtime.away = false;
        core.passUntil(this::allRun, Duration.ofMinutes(2));
        core.pass(DRIFT);
        passes.set(0);
        core.pass(DRIFT.multipliedBy(2));
        assertThat(passes).hasValueLessThanOrEqualTo(GRAPHS);
    }

    private boolean allRun() {
        return core.graphs().list("p", CallContext.INTERNAL).stream()
                .map(GraphView::phase)
                .allMatch(GraphPhase.RUNNING::equals);
    }

    private int replicas() {
        return core.world.runtime().observe(List.of(A0)).get(A0).byCluster().values().stream()
                .mapToInt(WorkloadObservation.OnCluster::desiredReplicas)
                .sum();
    }

    /** Tells what runs only when it is asked. */
    private static final class Silent implements WorkloadRuntime {
        private final WorkloadRuntime world;
        private final List<Integer> asked = new ArrayList<>();
        private boolean away;

        private Silent(WorkloadRuntime world) {
            this.world = world;
        }

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {
            world.ensureShares(key, shares);
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            asked.add(workloads.size());
            if (away) {
                throw new AdapterException(Kind.UNAVAILABLE, SimulatedFederation.SOURCE, "It is away");
            }
            return world.observe(workloads);
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> remains(
                Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
            return world.remains(workloads, clusters);
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return () -> {};
        }
    }
}
