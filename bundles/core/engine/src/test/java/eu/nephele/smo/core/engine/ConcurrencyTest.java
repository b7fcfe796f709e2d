// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that want different things of one graph at the same moment. */
class ConcurrencyTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    /** A change that was acknowledged, with what it wanted of the descriptor. */
    private record Acknowledged(String operation, Optional<Integer> version) {}

    private final ExecutorService clients = Executors.newFixedThreadPool(32);
    private LiveCore core;

    @BeforeEach
    void start() throws Exception {
        core = new LiveCore(Scenario.of(
                Duration.ofMillis(30), ClusterModel.of("c1", new Resources(100_000, 640 * GIB, 1000 * GIB, 0))));
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
        core.close();
    }

    @Test
    void everyAcknowledgedChangeIsInTheEndOrWasSupersededByALaterOne() throws Exception {
        core.doors()
                .graphs()
                .deploy(request(0), CallContext.INTERNAL)
                .done()
                .toCompletableFuture()
                .join();
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int client = 0; client < 32; client++) {
            int number = client;
            calls.add(() -> {
                Random random = new Random(number);
                int conflicts = 0;
                for (int i = 0; i < 6; i++) {
                    try {
                        acknowledged.add(change(random.nextInt(4), 100 * number + i + 1));
                    } catch (SmoException e) {
                        assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
                        conflicts++;
                    }
                }
                return conflicts;
            });
        }
        int conflicts = 0;
        for (Future<Integer> client : clients.invokeAll(calls)) {
            conflicts += client.get();
        }
        Await.until("no operation is open", () -> core.doors()
                .operations()
                .list(Optional.of(ResourceRef.of(G)), Optional.empty(), true, 1000, CallContext.INTERNAL)
                .isEmpty());

        Map<String, Optional<Integer>> versions = new HashMap<>();
        acknowledged.forEach(one -> versions.put(one.operation(), one.version()));
        assertThat(versions).hasSize(acknowledged.size());
        assertThat(acknowledged.size() + conflicts).isEqualTo(32 * 6);
        List<Operation> operations = acknowledged.stream()
                .map(one -> core.doors()
                        .operations()
                        .find(one.operation(), CallContext.INTERNAL)
                        .orElseThrow())
                .sorted(Comparator.comparingLong(Operation::generation))
                .toList();
        assertThat(operations).extracting(Operation::generation).doesNotHaveDuplicates();
        assertThat(operations)
                .allSatisfy(operation -> assertThat(operation.state()).isIn(State.SUCCEEDED, State.SUPERSEDED));
        Operation last = operations.get(operations.size() - 1);
        assertThat(last.state()).isEqualTo(State.SUCCEEDED);
        GraphView view = core.doors().graphs().find(G, CallContext.INTERNAL).orElseThrow();
        assertThat(view.item().generation()).isEqualTo(last.generation());
        int version = operations.stream()
                .map(operation -> versions.get(operation.id()))
                .flatMap(Optional::stream)
                .reduce(0, (earlier, later) -> later);
        assertThat(view.graph().descriptor().canonical())
                .isEqualTo(core.graph("p", yaml(version)).descriptor().canonical());
        DesiredState state = operations.stream()
                .map(Operation::kind)
                .filter(kind -> kind == Kind.STOP || kind == Kind.START)
                .map(kind -> kind == Kind.STOP ? DesiredState.STOPPED : DesiredState.RUNNING)
                .reduce(DesiredState.RUNNING, (earlier, later) -> later);
        assertThat(view.item().desired().name()).isEqualTo(state.name());
        assertThat(core.world.snapshot().releases()).hasSize(state == DesiredState.RUNNING ? 1 : 0);
        // the store has no graph without a request that was answered
        assertThat(core.doors()
                        .operations()
                        .list(Optional.of(ResourceRef.of(G)), Optional.empty(), false, 1000, CallContext.INTERNAL))
                .hasSize(acknowledged.size() + 1);
    }

    private Acknowledged change(int what, int version) {
        Change change =
                switch (what) {
                    case 0 -> core.doors().graphs().stop(G, CallContext.INTERNAL);
                    case 1 -> core.doors().graphs().start(G, CallContext.INTERNAL);
                    default -> core.doors().graphs().update(request(version), CallContext.INTERNAL);
                };
        return new Acknowledged(
                change.operation().orElseThrow().id(), what > 1 ? Optional.of(version) : Optional.empty());
    }

    @Test
    void aNameCanBeDeployedWhileItsRemovalRuns() throws Exception {
        for (int round = 0; round < 10; round++) {
            Change first = core.doors().graphs().deploy(request(1), CallContext.INTERNAL);
            if (round % 2 == 0) {
                first.done().toCompletableFuture().join();
            }
            // with an odd round the removal comes while the graph still deploys
            Change removal = core.doors().graphs().remove(G, CallContext.INTERNAL);
            Callable<Change> deployment = () -> core.doors().graphs().deploy(request(1), CallContext.INTERNAL);
            List<Future<Change>> again = clients.invokeAll(Collections.nCopies(8, deployment));
            long fresh = 0;
            for (Future<Change> one : again) {
                fresh += one.get().replay() ? 0 : 1;
                one.get().done().toCompletableFuture().join();
            }
            assertThat(fresh).as("one of eight deploys, the others find it").isEqualTo(1);
            Await.until("the removal succeeds", () -> state(removal) == State.SUCCEEDED);
            if (round % 2 == 0) {
                assertThat(state(first)).isEqualTo(State.SUCCEEDED);
            } else {
                assertThat(state(first)).isIn(State.SUPERSEDED, State.SUCCEEDED);
            }
            Await.until(
                    "the graph runs",
                    () -> core.doors()
                                    .graphs()
                                    .find(G, CallContext.INTERNAL)
                                    .orElseThrow()
                                    .phase()
                            == GraphPhase.RUNNING);
            assertThat(core.world.snapshot().releases()).hasSize(1);
            core.doors()
                    .graphs()
                    .remove(G, CallContext.INTERNAL)
                    .done()
                    .toCompletableFuture()
                    .join();
            assertThat(core.world.snapshot().releases()).isEmpty();
        }
        assertThat(core.doors().operations().list(Optional.empty(), Optional.empty(), true, 100, CallContext.INTERNAL))
                .isEmpty();
    }

    @Test
    void manyRemovalsOfOneGraphAreOne() throws Exception {
        core.doors()
                .graphs()
                .deploy(request(1), CallContext.INTERNAL)
                .done()
                .toCompletableFuture()
                .join();
        List<String> operations = new ArrayList<>();
        int missing = 0;
        Callable<Optional<String>> removal = this::removed;
        for (Future<Optional<String>> one : clients.invokeAll(Collections.nCopies(32, removal))) {
            if (one.get().isPresent()) {
                operations.add(one.get().orElseThrow());
            } else {
                missing++;
            }
        }
        assertThat(operations.stream().distinct()).hasSize(1);
        assertThat(operations.size() + missing).isEqualTo(32);
        Await.until("the graph is removed", () -> core.stores.graphs().find(G).isEmpty());
        assertThat(core.doors()
                        .operations()
                        .find(operations.get(0), CallContext.INTERNAL)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.SUCCEEDED);
    }

    private Optional<String> removed() {
        try {
            return core.doors()
                    .graphs()
                    .remove(G, CallContext.INTERNAL)
                    .operation()
                    .map(Operation::id);
        } catch (SmoException e) {
            assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND);
            return Optional.empty();
        }
    }

    private State state(Change change) {
        return core.doors()
                .operations()
                .find(change.operation().orElseThrow().id(), CallContext.INTERNAL)
                .orElseThrow()
                .state();
    }

    private DeployRequest request(int version) {
        return DeployRequest.of(core.graph("p", yaml(version)));
    }

    private static String yaml(int version) {
        return Hdag.graph("g")
                .service("a", "small", "", "{ n: %d }".formatted(version))
                .yaml();
    }
}
