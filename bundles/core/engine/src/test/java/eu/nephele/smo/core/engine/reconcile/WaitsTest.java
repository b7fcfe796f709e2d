// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of docs/operate/recover.md, row by row: each wait names whom it waits for, and ends as it says there. */
class WaitsTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Path TABLE = Path.of("../../../docs/operate/recover.md");
    private static final long GIB = 1L << 30;

    /** Actions of a user during a wait. */
    enum End {
        CANCEL(State.CANCELLED, false),
        REMOVE(State.SUPERSEDED, false),
        UPDATE(State.SUPERSEDED, true);

        private final State state;
        private final boolean runs;

        End(State state, boolean runs) {
            this.state = state;
            this.runs = runs;
        }
    }

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        ClusterModel cluster = ClusterModel.of("c1", new Resources(8_000, 64 * GIB, 1000 * GIB, 0));
        core = new EmbeddedCore(Scenario.of(Duration.ofSeconds(1), cluster), "waits-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void everyKindOfOperationHasARow() throws IOException {
        String table =
                Files.readString(TABLE).split("## What is waited for", 2)[1].split("\n## ", 2)[0];
        String first = table.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .map(line -> line.split("\\|", -1)[1])
                .collect(Collectors.joining(","));
        // a removal by force tries everything once and ends
        for (Kind kind : EnumSet.complementOf(EnumSet.of(Kind.FORCE_REMOVE))) {
            assertThat(first).contains(kind.name().toLowerCase(Locale.ROOT).replaceFirst("_plugin$", ""));
        }
        assertThat(first).contains("a plugin");
    }

    @ParameterizedTest
    @EnumSource
    void aDeploymentThatWaitsForCapacitySaysWhatDoesNotFitAndEndsBy(End end) {
        Change waiting = core.deploy("p", tooMuch());
        core.pass(Duration.ofMinutes(1));
        assertWaits(waiting, State.PENDING, Condition.PLACED, "Infeasible", "c1");
        assertThat(stored(waiting).error().orElseThrow().message()).contains("c1");

        end(waiting, end);
        assertEnded(waiting, end);
    }

    @ParameterizedTest
    @EnumSource
    void aDeploymentThatNobodyCanDecideSaysWhomItWaitsForAndEndsBy(End end) {
        core.ports().remove(ClusterRegistry.class, SimulatedFederation.SOURCE, core.world.clusters());
        core.pass(Duration.ofSeconds(1));
        Change waiting = core.deploy("p", Hdag.of("g", "b"));
        core.pass(Duration.ofMinutes(1));
        assertWaits(waiting, State.PENDING, Condition.PLACED, "Undecidable", "cluster");

        end(waiting, end);
        core.pass(Duration.ofSeconds(5));
        core.ports().add(ClusterRegistry.class, SimulatedFederation.SOURCE, core.world.clusters());
        assertEnded(waiting, end);
    }

    @Test
    void aStartThatWaitsForCapacityIsCancelledAndStaysStopped() {
        run("g", "a", "b");
        core.stop(G);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.STOPPED, SOON);
        core.deploy("p", Hdag.graph("full").service("x", "large").yaml());
        core.pass(Duration.ofSeconds(10));
        Change start = core.start(G);
        core.pass(Duration.ofSeconds(30));
        assertWaits(start, State.PENDING, Condition.PLACED, "Infeasible", "c1");

        end(start, End.CANCEL);
        core.pass(Duration.ofSeconds(10));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.STOPPED);
    }

    @Test
    void aDeploymentWithoutItsDeployerNamesItAndIsRolledBackAtTheDeadline() {
        core.world.begin(Outage.DEPLOYER);
        Change waiting = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(500));
        assertWaits(waiting, State.RUNNING, Condition.READY, "StepFailed", "simulator");

        core.passUntil(() -> condition(Condition.READY).reason().equals("Undoing"), Duration.ofSeconds(200));
        core.world.end(Outage.DEPLOYER);
        core.passUntil(() -> stored(waiting).state().isFinal(), Duration.ofMinutes(2));
        assertThat(stored(waiting).state()).isEqualTo(State.FAILED);
        assertNothingLeft();
    }

    @Test
    void aStopWhoseDeployerIsAwayNamesItAndIsEndedByAStart() {
        run("g", "a");
        core.world.begin(Outage.DEPLOYER);
        Change stop = core.stop(G);
        core.pass(Duration.ofMinutes(2));
        assertWaits(stop, State.RUNNING, Condition.READY, "STOPPING", "simulator");

        Change start = core.start(G);
        assertThat(stored(stop).state()).isEqualTo(State.SUPERSEDED);
        core.world.end(Outage.DEPLOYER);
        core.passUntil(() -> stored(start).state().isFinal(), Duration.ofMinutes(2));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aStopSaysFromWhereItTakesTheServiceBeforeAnybodyOutsideIsAsked() {
        run("g", "a");
        Change stop = core.stop(G);
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.STOPPING);
        assertThat(core.view(G).conditions())
                .filteredOn(condition -> condition.type().equals(Condition.READY))
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.status()).isEqualTo(Condition.Status.FALSE);
                    assertThat(ready.message()).isEqualTo("a: is to be removed from c1 ×1");
                });

        core.world.begin(Outage.DEPLOYER);
        core.pass(Duration.ofSeconds(1));
        assertThat(stored(stop).steps())
                .singleElement()
                .extracting(Operation.Step::detail)
                .isEqualTo("remove the release from c1 ×1");
    }

    @Test
    void aStopWhoseDeployerIsAwayIsEndedByARemovalWithForce() {
        run("g", "a");
        core.world.begin(Outage.DEPLOYER);
        Change stop = core.stop(G);
        core.pass(Duration.ofMinutes(1));

        Change forced = core.graphs().forceRemove(G, CallContext.INTERNAL);
        core.passUntil(() -> stored(forced).state().isFinal(), Duration.ofMinutes(1));
        assertThat(stored(stop).state()).isEqualTo(State.SUPERSEDED);
        assertThat(stored(forced).message()).contains("Left outside", "simulator");
        core.world.end(Outage.DEPLOYER);
        core.pass(Duration.ofMinutes(3));
        assertNothingLeft();
    }

    @Test
    void aDrainNamesTheGraphThatFindsNoOtherPlaceAndIsCancelled() {
        run("g", "a");
        Operation drain = core.doors().clusters().drain(C1, "works", CallContext.INTERNAL);
        core.pass(Duration.ofMinutes(5));
        Operation waiting = stored(drain);
        assertThat(waiting.state()).isEqualTo(State.RUNNING);
        assertThat(waiting.steps()).singleElement().satisfies(step -> {
            assertThat(step.subject()).isEqualTo("p/g");
            assertThat(step.message()).contains("a", "c1");
        });

        core.doors().operations().cancel(drain.id(), CallContext.INTERNAL);
        assertThat(stored(drain).state()).isEqualTo(State.CANCELLED);
        core.pass(Duration.ofMinutes(1));
        assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    private void run(String graph, String... services) {
        core.deploy("p", Hdag.of(graph, services));
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, SOON);
    }

    private static String tooMuch() {
        return Hdag.graph("g")
                .service("a", "large")
                .service("b", "large")
                .service("c", "large")
                .yaml();
    }

    private void end(Change waiting, End end) {
        switch (end) {
            case CANCEL -> core.doors().operations().cancel(stored(waiting).id(), CallContext.INTERNAL);
            case REMOVE -> core.remove(G);
            case UPDATE -> core.update("p", Hdag.of("g", "a"));
        }
    }

    private void assertWaits(Change change, State state, String condition, String reason, String whom) {
        assertThat(stored(change).state()).isEqualTo(state);
        assertThat(stored(change).error().orElseThrow().message()).isNotEmpty();
        assertThat(condition(condition).reason()).isEqualTo(reason);
        assertThat(condition(condition).message()).contains(whom);
    }

    private void assertEnded(Change waiting, End end) {
        core.pass(SOON);
        assertThat(stored(waiting).state()).isEqualTo(end.state);
        assertThat(waiting.done()).isCompletedExceptionally();
        assertThat(core.graphs().find(G, CallContext.INTERNAL).isPresent()).isEqualTo(end.runs);
        if (end.runs) {
            assertThat(core.view(G).phase()).isEqualTo(GraphPhase.RUNNING);
        } else {
            assertNothingLeft();
        }
    }

    private void assertNothingLeft() {
        assertThat(core.world.snapshot().releases()).isEmpty();
        assertThat(core.stores.capacity().reservedBy(G)).isEmpty();
    }

    private Condition condition(String type) {
        return core.stores.graphs().find(G).orElseThrow().observed().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Operation stored(Change change) {
        return stored(change.operation().orElseThrow());
    }

    private Operation stored(Operation operation) {
        return core.doors()
                .operations()
                .find(operation.id(), CallContext.INTERNAL)
                .orElseThrow();
    }
}
