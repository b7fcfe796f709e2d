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
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One change comes in the middle of another. */
class InterruptedTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;
    private static final String CHAIN =
            Hdag.graph("g").service("a").after("b", "a").after("c", "b").yaml();

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofMillis(400), cluster("c1"), cluster("c2")), "interrupted-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    @Test
    void aRemovalDuringADeploymentLeavesNothing() {
        for (int millis = 0; millis < 900; millis += 200) {
            Change deploy = core.deploy("p", CHAIN);
            core.pass(Duration.ofMillis(millis));
            Change remove = core.remove(G);
            core.passUntil(() -> operation(remove).state().isFinal(), Duration.ofSeconds(20));
            assertThat(operation(remove).state()).isEqualTo(Operation.State.SUCCEEDED);
            assertThat(operation(deploy).state()).isEqualTo(Operation.State.SUPERSEDED);
            assertNothing();
        }
    }

    @Test
    void aStopDuringAReplacementLeavesNothingRunning() {
        for (int millis = 0; millis < 900; millis += 200) {
            core.deploy("p", CHAIN);
            core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
            Change place = core.place(G, offload());
            core.pass(Duration.ofMillis(millis));
            Change stop = core.stop(G);
            core.passUntil(() -> operation(stop).state().isFinal(), Duration.ofSeconds(20));
            assertThat(operation(place).state()).isIn(Operation.State.SUPERSEDED, Operation.State.SUCCEEDED);
            assertNothing();
            core.start(G);
            core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(20));
            assertThat(core.world.snapshot().pods()).hasSize(3);
            core.remove(G);
            core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofSeconds(20));
        }
    }

    @Test
    void aRandomLifeWithRestartsAndOutagesEndsAsWasWantedLast() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<Change> acknowledged = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                step(random).ifPresent(acknowledged::add);
                core.pass(Duration.ofMillis(100L * random.nextInt(12)));
                if (random.nextInt(5) == 0) {
                    core.stopEngine();
                    core.startEngine();
                }
            }
            core.world.end(Outage.DEPLOYER);
            core.world.end(Outage.RUNTIME);
            core.world.end(Outage.RULES);
            core.world.restoreCluster("c2");
            core.passUntil(() -> core.stores.operations().open().isEmpty(), Duration.ofMinutes(3));
            acknowledged.forEach(
                    change -> assertThat(operation(change).state().isFinal()).isTrue());
            core.pass(Duration.ofSeconds(20));
            assertAsWanted(seed);
            if (core.graphs().find(G, CallContext.INTERNAL).isPresent()) {
                core.remove(G);
            }
            core.passUntil(() -> core.stores.graphs().find(G).isEmpty(), Duration.ofMinutes(2));
            assertNothing();
        }
    }

    private void assertAsWanted(int seed) {
        if (core.graphs().find(G, CallContext.INTERNAL).isEmpty()) {
            assertNothing();
            return;
        }
        boolean stopped = core.view(G).item().desired().name().equals("STOPPED");
        assertThat(core.view(G).phase())
                .as("seed %d", seed)
                .isEqualTo(stopped ? GraphPhase.STOPPED : GraphPhase.RUNNING);
        Set<String> wanted = new TreeSet<>();
        if (!stopped) {
            core.view(G).graph().services().forEach(service -> wanted.add(service.id()));
        }
        assertThat(core.world.snapshot().releases())
                .as("seed %d", seed)
                .extracting(release -> release.state().workload().service())
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(core.world.snapshot().pods()).hasSameSizeAs(wanted);
        assertThat(core.stores.graphs().find(G).orElseThrow().desired().retiring())
                .isEmpty();
    }

    private Optional<Change> step(Random random) {
        try {
            return switch (random.nextInt(9)) {
                case 0, 1 -> Optional.of(deployed());
                case 2 -> Optional.of(core.update("p", Hdag.of("g", "a", "s" + random.nextInt(4))));
                case 3 -> Optional.of(core.stop(G));
                case 4 -> Optional.of(core.start(G));
                case 5 -> Optional.of(core.place(G, random.nextBoolean() ? offload() : PlaceRequest.replace()));
                case 6 -> Optional.of(core.graphs().rollback(G, 1, CallContext.INTERNAL));
                case 7 -> {
                    Outage outage = random.nextBoolean() ? Outage.DEPLOYER : Outage.RUNTIME;
                    if (random.nextBoolean()) {
                        core.world.begin(outage);
                    } else {
                        core.world.end(outage);
                    }
                    yield Optional.empty();
                }
                default -> random.nextInt(3) == 0 && !isLeaving() ? Optional.of(core.remove(G)) : Optional.empty();
            };
        } catch (SmoException e) {
            // UNAVAILABLE: after a restart during an outage of the runtime no cluster is known yet
            assertThat(e.kind())
                    .as(e.getMessage())
                    .isIn(SmoException.Kind.CONFLICT, SmoException.Kind.NOT_FOUND, SmoException.Kind.UNAVAILABLE);
            return Optional.empty();
        }
    }

    /** A deployment would wait for a removal in real time. */
    private Change deployed() {
        if (isLeaving()) {
            throw SmoException.conflict("is leaving");
        }
        return core.deploy("p", CHAIN);
    }

    private boolean isLeaving() {
        return core.stores.graphs().find(G).isPresent()
                && core.graphs().find(G, CallContext.INTERNAL).isEmpty();
    }

    private void assertNothing() {
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
    }

    private Operation operation(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow();
    }

    private static PlaceRequest offload() {
        return new PlaceRequest(
                DecisionReason.OFFLOAD, Set.of("a"), Optional.of(C2), StrategySelection.UNSPECIFIED, false);
    }

    private static ClusterModel cluster(String name) {
        return ClusterModel.of(name, new Resources(12_000, 64 * GIB, 1000 * GIB, 0));
    }
}
