// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only what is called from other clusters is exported and imported. */
class FabricTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private final Recording fabric = new Recording();
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1"), cluster("c2")), "fabric-" + UUID.randomUUID());
        core.ports().add(NetworkFabric.class, "", fabric, 0);
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void nothingIsExportedToCallersOnTheSameClusterNorAreItsObstaclesReported_F38() {
        deploy();
        core.pass(Duration.ofMinutes(1));
        assertThat(fabric.exported).isEmpty();
        assertThat(core.view(G).condition(Condition.REACHABLE)).isEmpty();
    }

    @Test
    void whatIsCalledFromAnotherClusterIsExportedUntilItsCallerIsBack_F38() {
        deploy();
        move("caller", C2);
        assertThat(fabric.now).containsOnly(Map.entry("callee", "[c1] -> [c2]"));
        assertThat(core.view(G).condition(Condition.REACHABLE).orElseThrow().message())
                .contains("callee", "no kind on [c2]")
                .doesNotContain("caller cannot");

        move("caller", C1);
        core.pass(Duration.ofMinutes(1));
        assertThat(fabric.now).isEmpty();
        assertThat(core.view(G).condition(Condition.REACHABLE)).isEmpty();
    }

    @Test
    void aFabricThatDoesNotTellItsObstaclesHoldsNothingUp() {
        fabric.silent = true;
        deploy();
        move("caller", C2);
        core.pass(Duration.ofMinutes(1));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.view(G).condition(Condition.READY).orElseThrow().status())
                .isEqualTo(Condition.Status.TRUE);
    }

    private void deploy() {
        core.deploy(
                "p",
                Hdag.graph("g")
                        .service("caller", "small", "callee", "{}")
                        .service("callee")
                        .yaml());
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
        assertThat(core.view(G).placement().clusters()).containsExactly(C1);
    }

    private void move(String service, ClusterId to) {
        Change change = core.place(
                G,
                new PlaceRequest(
                        DecisionReason.OFFLOAD,
                        Set.of(service),
                        Optional.of(to),
                        StrategySelection.UNSPECIFIED,
                        false));
        core.passUntil(() -> change.done().toCompletableFuture().isDone(), Duration.ofSeconds(30));
        assertThat(core.view(G).placement().clusterOf(service)).contains(to);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(8_000, 64 * GIB, 1000 * GIB, 0));
    }

    /** Writes down what is reachable from where; importing clusters lack what it takes. */
    private static final class Recording implements NetworkFabric {

        private final Map<String, String> now = new TreeMap<>();
        private final List<String> exported = new ArrayList<>();
        private boolean silent;

        @Override
        public void ensureReachable(StepKey key, Collection<ClusterId> from, Collection<ClusterId> by) {
            exported.add(key.workload().service());
            now.put(key.workload().service(), "%s -> %s".formatted(names(from), names(by)));
        }

        @Override
        public List<String> obstacles(Collection<ClusterId> from, Collection<ClusterId> by) {
            if (silent) {
                throw new IllegalStateException("null pointer");
            }
            return List.of("no kind on " + names(by));
        }

        @Override
        public void remove(StepKey key) {
            now.remove(key.workload().service());
        }

        @Override
        public List<ClusterNetwork> networks() {
            return List.of();
        }

        private static List<String> names(Collection<ClusterId> clusters) {
            return clusters.stream().map(ClusterId::name).sorted().toList();
        }
    }
}
