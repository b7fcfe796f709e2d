// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rolling update that starts new pods before it ends old ones needs capacity that is not reserved for it. */
class SurgeTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final GraphId OTHER = new GraphId("p", "other");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;
    private SeenOtherwise runtime;

    /** One cluster with capacity for so many small services. */
    private void start(int services) throws Exception {
        start(services, version(1));
    }

    private void start(int services, String descriptor) throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(1000L * services, 64 * GIB, 1000 * GIB, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "surge-" + UUID.randomUUID());
        runtime = new SeenOtherwise(core.world.runtime());
        core.ports().add(WorkloadRuntime.class, SimulatedFederation.SOURCE, runtime, 1);
        core.pass(Duration.ofSeconds(1));
        core.deploy("p", descriptor);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void onAFullClusterTheUpdateSaysThatNewPodsWaitForCapacityAndGoesBackAtTheDeadline() throws Exception {
        start(1);
        newPod(UnaryOperator.identity());
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(30));
        assertThat(stored(update).state()).isEqualTo(State.RUNNING);
        assertThat(ready().reason()).isEqualTo("Progressing");
        assertThat(ready().message()).contains("1 old replicas are still there", "one more pod does not fit on c1");

        core.passUntil(() -> stored(update).state().isFinal(), Duration.ofSeconds(620));
        assertThat(stored(update).error().orElseThrow().message()).contains("one more pod does not fit on c1");
        runtime.look = UnaryOperator.identity();
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
        assertThat(core.view(G).graph().descriptor().toJson()).contains("\"n\":1");
    }

    @Test
    void whereThereIsCapacityForANewPodItIsWaitedForWithoutThat() throws Exception {
        start(2);
        newPod(UnaryOperator.identity());
        core.update("p", version(2));
        core.pass(Duration.ofSeconds(30));
        assertThat(ready().message()).contains("1 old replicas are still there").doesNotContain("does not fit");
    }

    @Test
    void capacityThatANewPodTakesIsNotGivenToOthersMeanwhile() throws Exception {
        start(2);
        newPod(requested -> requested.times(2));
        Change update = core.update("p", version(2));
        core.pass(Duration.ofSeconds(20));
        core.deploy("p", Hdag.of("other", "b"));
        core.pass(Duration.ofSeconds(30));
        assertThat(core.view(OTHER).phase()).isEqualTo(GraphPhase.PENDING);
        assertThat(core.stores.capacity().reservedBy(OTHER)).isEmpty();

        runtime.look = UnaryOperator.identity();
        core.passUntil(() -> stored(update).state() == State.SUCCEEDED, Duration.ofSeconds(60));
        core.passUntil(() -> core.view(OTHER).phase() == GraphPhase.RUNNING, Duration.ofSeconds(60));
    }

    @Test
    void podsThatAreGoingToEndDoNotKeepTheirGraphFromGrowing() throws Exception {
        start(1, version(1, "light"));
        newPod(requested -> requested.times(2));
        core.update("p", version(2, "light"));
        core.pass(Duration.ofSeconds(20));

        Change larger = core.update("p", version(3, "small"));
        core.pass(Duration.ofSeconds(5));
        assertThat(core.stores.capacity().reservedBy(G).values())
                .extracting(Resources::cpuMillis)
                .containsExactly(1000L);

        runtime.look = UnaryOperator.identity();
        core.passUntil(() -> stored(larger).state().isFinal(), Duration.ofSeconds(60));
        assertThat(stored(larger).state()).isEqualTo(State.SUCCEEDED);
    }

    /** An old pod serves and a new one is there, which asks for what is said of the old one's needs. */
    private void newPod(UnaryOperator<Resources> requested) {
        runtime.look = seen -> {
            Map<ClusterId, OnCluster> there = new HashMap<>(seen.byCluster());
            if (seen.workload().service().equals("a")) {
                there.replaceAll((cluster, on) -> new OnCluster(1, 2, 1, 1, 1, true, requested.apply(on.requested())));
            }
            return new WorkloadObservation(seen.workload(), there, "");
        };
    }

    private static String version(int n) {
        return version(n, "small");
    }

    private static String version(int n, String cpu) {
        return Hdag.graph("g").service("a", cpu, "", "{ n: %d }".formatted(n)).yaml();
    }

    private Condition ready() {
        return core.view(G).condition(Condition.READY).orElseThrow();
    }

    private Operation stored(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }
}
