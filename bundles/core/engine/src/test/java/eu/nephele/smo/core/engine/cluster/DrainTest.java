// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators close clusters, empty them and open them again. */
class DrainTest {

    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final GraphId G = new GraphId("p", "g");
    private static final GraphId BIG = new GraphId("p", "big");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1", 12), cluster("c2", 4)), "drain-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void nothingNewGoesToACordonedClusterAndWhatIsThereStays() {
        deploy(Hdag.of("g", "a"), G);
        ClusterService.Directive directive = clusters().cordon(C1, "works", CallContext.INTERNAL);
        assertThat(directive.cordoned()).isTrue();
        assertThat(directive.draining()).isFalse();
        assertThat(clusters().cordon(C1, "works", CallContext.INTERNAL)).isEqualTo(directive);
        deploy(Hdag.of("h", "b"), new GraphId("p", "h"));
        core.pass(Duration.ofMinutes(1));
        assertThat(place(G, "a")).isEqualTo(C1);
        assertThat(place(new GraphId("p", "h"), "b")).isEqualTo(C2);
        restart();
        assertThat(clusters().directives(CallContext.INTERNAL)).containsExactly(directive);
        core.deploy("p", Hdag.graph("big").service("x", "large").yaml());
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(BIG).phase()).isEqualTo(GraphPhase.PENDING);

        clusters().uncordon(C1, CallContext.INTERNAL);
        clusters().uncordon(C1, CallContext.INTERNAL);
        core.passUntil(() -> core.view(BIG).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(clusterEvents())
                .containsExactly("cluster.joined", "cluster.joined", "cluster.cordoned", "cluster.uncordoned");
        assertThatThrownBy(() ->
                        clusters().cordon(new ClusterId(SimulatedFederation.SOURCE, "none"), "", CallContext.INTERNAL))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void aStoppedGraphDoesNotStartOnACordonedCluster() {
        deploy(Hdag.of("g", "a"), G);
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, Duration.ofSeconds(10));
        clusters().cordon(C1, "", CallContext.INTERNAL);
        core.start(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(place(G, "a")).isEqualTo(C2);
    }

    @Test
    void aDrainEmptiesTheClusterStepByStep() {
        deploy(Hdag.of("g", "a"), G);
        deploy(Hdag.of("h", "b"), new GraphId("p", "h"));
        Operation drain = clusters().drain(C1, "works", CallContext.INTERNAL);
        assertThat(drain.kind()).isEqualTo(Operation.Kind.DRAIN);
        assertThat(drain.steps()).extracting(Operation.Step::subject).containsExactlyInAnyOrder("p/g", "p/h");
        assertThat(clusters().drain(C1, "works", CallContext.INTERNAL).id()).isEqualTo(drain.id());
        restart();
        core.passUntil(() -> find(drain).state().isFinal(), Duration.ofSeconds(60));
        assertThat(find(drain).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(find(drain).steps())
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(Operation.StepState.DONE));
        assertThat(core.world.snapshot().pods())
                .allSatisfy(pod -> assertThat(pod.cluster()).isEqualTo("c2"));
        assertThat(clusters().directives(CallContext.INTERNAL)).singleElement().satisfies(left -> {
            assertThat(left.cordoned()).isTrue();
            assertThat(left.draining()).isFalse();
            assertThat(left.operation()).isEmpty();
        });
        restart();
        core.pass(Duration.ofMinutes(1));
        assertThat(clusterEvents())
                .containsExactly("cluster.joined", "cluster.joined", "cluster.cordoned", "cluster.drained");
    }

    @Test
    void aGraphThatFitsNowhereKeepsTheDrainOpenWithTheReason() {
        deploy(Hdag.graph("big").service("x", "large").yaml(), BIG);
        deploy(Hdag.of("g", "a"), G);
        Operation drain = clusters().drain(C1, "works", CallContext.INTERNAL);
        core.pass(Duration.ofMinutes(1));
        assertThat(place(G, "a")).isEqualTo(C2);
        assertStuck(drain);
        assertThat(core.view(BIG).phase()).isEqualTo(GraphPhase.RUNNING);
        restart();
        core.pass(Duration.ofSeconds(20));
        assertStuck(drain);
        // no decision is on record again and again
        assertThat(core.eventTypes(BIG)).filteredOn("placement.failed"::equals).hasSizeLessThanOrEqualTo(2);

        core.world.addCluster(cluster("c3", 12));
        core.passUntil(() -> find(drain).state().isFinal(), Duration.ofMinutes(1));
        assertThat(find(drain).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(place(BIG, "x").name()).isEqualTo("c3");
    }

    @Test
    void aDrainCanBeCancelledAndLeavesTheClusterCordoned() {
        deploy(Hdag.graph("big").service("x", "large").yaml(), BIG);
        Operation drain = clusters().drain(C1, "works", CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(5));
        core.doors().operations().cancel(drain.id(), CallContext.INTERNAL);
        assertThat(find(drain).state()).isEqualTo(Operation.State.CANCELLED);
        assertThat(clusters().directives(CallContext.INTERNAL)).singleElement().satisfies(left -> {
            assertThat(left.cordoned()).isTrue();
            assertThat(left.draining()).isFalse();
        });
        core.world.addCluster(cluster("c3", 12));
        core.pass(Duration.ofSeconds(30));
        assertThat(place(BIG, "x")).isEqualTo(C1);
    }

    @Test
    void openingAClusterEndsItsDrain() {
        deploy(Hdag.graph("big").service("x", "large").yaml(), BIG);
        Operation drain = clusters().drain(C1, "works", CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(5));
        clusters().uncordon(C1, CallContext.INTERNAL);
        assertThat(find(drain).state()).isEqualTo(Operation.State.CANCELLED);
        assertThat(clusters().directives(CallContext.INTERNAL)).isEmpty();
    }

    @Test
    void aPausedGraphStaysAndTheDrainSaysWhy() {
        deploy(Hdag.of("g", "a"), G);
        core.graphs().pause(G, true, CallContext.INTERNAL);
        Operation drain = clusters().drain(C1, "works", CallContext.INTERNAL);
        core.pass(Duration.ofSeconds(30));
        assertThat(place(G, "a")).isEqualTo(C1);
        assertThat(find(drain).state()).isEqualTo(Operation.State.RUNNING);
        assertThat(find(drain).steps()).singleElement().satisfies(step -> assertThat(step.message())
                .contains("paused"));
        core.graphs().pause(G, false, CallContext.INTERNAL);
        core.passUntil(() -> find(drain).state().isFinal(), Duration.ofMinutes(1));
        assertThat(place(G, "a")).isEqualTo(C2);
    }

    @Test
    void aClusterThatFailsAndReturnsIsReportedOnceEachTimeAlsoOverRestarts() {
        core.world.failCluster("c2");
        core.pass(Duration.ofSeconds(5));
        restart();
        core.pass(Duration.ofSeconds(20));
        core.world.restoreCluster("c2");
        core.pass(Duration.ofSeconds(20));
        restart();
        core.pass(Duration.ofSeconds(20));
        core.world.removeCluster("c2");
        core.pass(Duration.ofSeconds(20));
        assertThat(clusterEvents())
                .containsExactly(
                        "cluster.joined", "cluster.joined", "cluster.unavailable", "cluster.available", "cluster.left");
    }

    private void assertStuck(Operation drain) {
        assertThat(find(drain).state()).isEqualTo(Operation.State.RUNNING);
        assertThat(find(drain).steps())
                .filteredOn(step -> step.subject().equals("p/big"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.state()).isEqualTo(Operation.StepState.RUNNING);
                    assertThat(step.message()).contains("x", "c2");
                });
    }

    private void deploy(String yaml, GraphId graph) {
        core.deploy("p", yaml);
        core.passUntil(() -> core.view(graph).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
    }

    private ClusterId place(GraphId graph, String service) {
        return core.view(graph).placement().clusterOf(service).orElseThrow();
    }

    private Operation find(Operation operation) {
        return core.doors()
                .operations()
                .find(operation.id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private ClusterService clusters() {
        return core.doors().clusters();
    }

    private List<String> clusterEvents() {
        return core.events().stream()
                .map(StoredEvent::type)
                .filter(type -> type.startsWith("cluster."))
                .toList();
    }

    private void restart() {
        core.stopEngine();
        core.startEngine();
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64 * GIB, 1000 * GIB, 0));
    }
}
