// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine is exchanged while callers are inside it. */
class FarewellTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final long GIB = 1L << 30;

    private final CountDownLatch inserting = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(12_000, 64 * GIB, 1000 * GIB, 0))),
                "farewell-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void whatACallStoresWhileTheEngineEndsIsKnownToItsSuccessor() throws Exception {
        core.memory = this::slow;
        core.stopEngine();
        core.startEngine();
        FutureTask<Change> deployment = new FutureTask<>(() -> core.deploy("p", Hdag.of("g", "a")));
        inBackground(deployment);
        assertThat(inserting.await(20, TimeUnit.SECONDS)).isTrue();

        FutureTask<Boolean> end = new FutureTask<>(core::stopEngine, true);
        inBackground(end);
        assertThatThrownBy(() -> end.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goOn.countDown();
        end.get(20, TimeUnit.SECONDS);

        Change change = deployment.get();
        assertThat(change.decided()).isCancelled();
        assertThat(change.done()).isCancelled();
        core.memory = engineStores -> engineStores;
        core.startEngine();
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        assertThat(core.doors()
                        .operations()
                        .list(Optional.of(ResourceRef.of(G)), Optional.empty(), false, 10, CallContext.INTERNAL))
                .singleElement()
                .satisfies(operation -> assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED));
    }

    @Test
    void aWaitingCallerIsAnsweredAtTheEndOfTheEngineAndTheOperationContinues() throws Exception {
        Change change = core.deploy("p", Hdag.of("g", "a"));
        String id = change.operation().orElseThrow().id();
        FutureTask<Operation> waiter = new FutureTask<>(
                () -> core.doors().operations().await(id, Duration.ofSeconds(60), CallContext.INTERNAL));
        Thread thread = inBackground(waiter);
        Await.until("the caller waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        core.stopEngine();
        assertThat(waiter.get(10, TimeUnit.SECONDS).state()).isEqualTo(Operation.State.PENDING);

        core.startEngine();
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    @Test
    void aServiceOfAnEngineThatHasEndedRefusesAndChangesNothing() {
        GraphService before = core.graphs();
        assertThat(core.graphs()).isEqualTo(before);
        core.stopEngine();
        assertThatThrownBy(
                        () -> before.deploy(DeployRequest.of(core.graph("p", Hdag.of("g", "a"))), CallContext.INTERNAL))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE);
                    assertThat(refused.retryAfter()).isPresent();
                });
        assertThat(core.stores.graphs().find(G)).isEmpty();
        core.startEngine();
    }

    @Test
    void aDeploymentThatWasNotDecidedIsDecidedByTheSuccessor() {
        DeployRequest request =
                new DeployRequest(core.graph("p", Hdag.of("g", "a")), StrategyOverride.NONE, false, List.of());
        core.graphs().deploy(request, CallContext.INTERNAL);
        core.stopEngine();
        assertThat(core.stores.graphs().find(G).orElseThrow().decided()).isEmpty();
        core.startEngine();
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
    }

    private static Thread inBackground(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Inserts graphs only when the test lets it. */
    private EngineStores slow(EngineStores engineStores) {
        return WatchedGraphs.in(engineStores, method -> {
            if (method.equals("insert")) {
                inserting.countDown();
                goOn.await();
            }
        });
    }
}
