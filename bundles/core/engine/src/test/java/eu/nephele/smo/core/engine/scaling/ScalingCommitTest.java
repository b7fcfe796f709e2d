// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored changes of replicas: none of an outdated decision, and no capacity before it is free. */
class ScalingCommitTest {

    private static final GraphId GRAPH = new GraphId("p", "web");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(6000, 64 * GIB, 1000 * GIB, 0))),
                "scaling-commit-" + UUID.randomUUID());
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
    void aDecisionThatComesWhileReplicasAreDecidedIsNotOverwritten() {
        Interrupting metrics = new Interrupting(core.world.metrics(), () -> decide(4));
        core.ports().add(MetricsSource.class, "", metrics, 10);
        core.world.setLoad("front", 15); // two would do
        core.passUntil(() -> metrics.interrupted, Duration.ofSeconds(20));

        assertThat(replicas()).isEqualTo(4);
        core.passUntil(() -> replicas() == 2, Duration.ofSeconds(20));
    }

    @Test
    void whatShrinksStaysReservedUntilItsPodsAreGone() {
        core.world.setLoad("front", 25);
        core.passUntil(() -> replicas() == 3, Duration.ofSeconds(20));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        Resources three = reserved();
        Stuck stuck = new Stuck(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, stuck, 10);
        core.world.setLoad("front", 0);
        core.passUntil(() -> replicas() == 1, Duration.ofSeconds(20));

        assertThat(core.world.snapshot().pods()).hasSize(3);
        assertThat(reserved()).isEqualTo(three);
        core.ports().remove(WorkloadRuntime.class, SimulatedFederation.SOURCE, stuck);
        core.passUntil(() -> core.world.snapshot().pods().size() == 1, Duration.ofSeconds(60));
        core.passUntil(() -> core.view(GRAPH).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(reserved().times(3)).isEqualTo(three);
    }

    private int replicas() {
        return core.view(GRAPH).placement().replicasOf("front");
    }

    private Resources reserved() {
        return core.stores.capacity().reservedBy(GRAPH).get(C1);
    }

    /** Another decision, as a failover or an update would store it: the desired state is the same. */
    private void decide(int replicas) {
        GraphRecord record = core.stores.graphs().find(GRAPH).orElseThrow();
        DecidedGraph last = record.decided().orElseThrow();
        Placement placement = last.placement().with("front", List.of(new Share(C1, replicas)));
        DecidedGraph next = last.next(last.generation(), placement, Map.of(), last.decidedAt());
        assertThat(core.stores
                        .graphs()
                        .commit(
                                GRAPH,
                                record.desired().revision(),
                                next,
                                Reservations.compute(next),
                                Optional.empty(),
                                TransactionalWrites.NOTHING))
                .isEqualTo(CommitResult.STORED);
    }

    /** Sees everything, and can change nothing. */
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

    /**
     * The load is asked for after the graph was read and before its replicas are stored: something happens in between,
     * once.
     */
    private static final class Interrupting implements MetricsSource {

        private final MetricsSource real;
        private final Runnable interruption;
        private boolean interrupted;

        private Interrupting(MetricsSource real, Runnable interruption) {
            this.real = real;
            this.interruption = interruption;
        }

        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            Map<MetricQuery, Double> answer = real.instant(queries);
            if (!interrupted && answer.containsValue(15.0)) {
                interrupted = true;
                interruption.run();
            }
            return answer;
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            return real.range(queries, range, step);
        }
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
                  scaling: { maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                  artifact:
                    ociImage: "oci://registry.example/demo/front"
                    ociConfig: { type: App, implementer: HELM }
                    valuesOverwrite: {}
            """;
}
