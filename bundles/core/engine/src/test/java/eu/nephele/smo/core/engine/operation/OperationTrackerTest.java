// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each change is an operation that can be followed, found again, repeated and taken back. */
class OperationTrackerTest {

    private static final GraphId G = new GraphId("p", "g");
    private static final ClusterId C2 = new ClusterId(SimulatedFederation.SOURCE, "c2");
    private static final long GIB = 1L << 30;

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(Duration.ofSeconds(1), cluster("c1", 12), cluster("c2", 12)),
                "operations-" + UUID.randomUUID());
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        assertThat(core.world.overbookedEver()).isFalse();
        core.close();
    }

    /** Each GET of a graph asks for it. */
    @Test
    void whatIsOpenOfAGraphIsKnownWithoutTheStore() {
        core.deploy("p", Hdag.of("g", "a"));
        Operation update = core.update("p", Hdag.of("g", "a", "b")).operation().orElseThrow();
        core.deploy("p", Hdag.of("h", "c"));
        List<Operation> stored = core.stores
                .operations()
                .list(new OperationStore.Query(Optional.of(ResourceRef.of(G)), Optional.empty(), true, 10));
        long before = core.stores.statements();

        assertThat(open(Optional.empty())).isEqualTo(stored).containsExactly(update);
        assertThat(open(Optional.of(update.id()))).isEmpty();
        assertThat(core.stores.statements()).isEqualTo(before);

        core.stopEngine();
        core.startEngine();
        assertThat(open(Optional.empty())).isEqualTo(stored);
        core.passUntil(() -> core.view(G).phase() == GraphPhase.RUNNING, Duration.ofSeconds(30));
        assertThat(open(Optional.empty())).isEmpty();
    }

    private List<Operation> open(Optional<String> beforeId) {
        return core.doors().operations().list(Optional.of(ResourceRef.of(G)), beforeId, true, 10, CallContext.INTERNAL);
    }

    @Test
    void eachChangeHasOneStoredOperationWithStepsStagesAndOrigin() {
        RequestOrigin origin = new RequestOrigin("anna", "corr-1", Optional.empty());
        Change change =
                core.graphs().deploy(request(Hdag.of("g", "a", "b")), new CallContext(origin, Optional.empty()));
        Operation pending = stored(change);
        assertThat(pending.state()).isEqualTo(State.PENDING);
        assertThat(pending.kind()).isEqualTo(Kind.DEPLOY);
        assertThat(pending.graph()).contains(G);
        assertThat(pending.origin()).isEqualTo(origin);
        assertThat(pending.generation()).isEqualTo(1);

        core.pass(EmbeddedCore.STEP);
        Operation running = stored(change);
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.steps()).extracting(Operation.Step::subject).containsExactlyInAnyOrder("a", "b");

        core.passUntil(() -> phase() == GraphPhase.RUNNING, Duration.ofSeconds(10));
        Operation done = stored(change);
        assertThat(done.state()).isEqualTo(State.SUCCEEDED);
        assertThat(done.progressPercent()).isEqualTo(100);
        assertThat(done.finishedAt()).isPresent();
        assertThat(done.error()).isEmpty();
        assertThat(done.steps()).hasSize(2).allSatisfy(step -> assertThat(step.state())
                .isEqualTo(Operation.StepState.DONE));
        assertThat(done.stages())
                .extracting(Operation.Stage::name)
                .containsExactly(OperationTransitions.DECIDING, OperationTransitions.APPLYING);
        assertThat(done.stages())
                .allSatisfy(stage -> assertThat(stage.duration()).isPresent());
        assertThat(done.stages().get(1).duration().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void everyKindOfChangeEndsAsASuccessfulOperation() {
        List<Change> changes = new ArrayList<>();
        changes.add(after(core.deploy("p", Hdag.of("g", "a"))));
        changes.add(after(core.update("p", Hdag.of("g", "a", "b"))));
        changes.add(after(core.place(G, offload("a"))));
        changes.add(after(core.graphs().repair(G, CallContext.INTERNAL)));
        changes.add(after(core.graphs().rollback(G, 1, CallContext.INTERNAL)));
        changes.add(after(core.stop(G)));
        changes.add(after(core.start(G)));
        changes.add(after(core.remove(G)));
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.done()).isCompleted();
            assertThat(stored(change).state()).isEqualTo(State.SUCCEEDED);
        });
        assertThat(changes)
                .extracting(change -> stored(change).kind())
                .containsExactly(
                        Kind.DEPLOY,
                        Kind.UPDATE,
                        Kind.PLACE,
                        Kind.REPAIR,
                        Kind.ROLLBACK,
                        Kind.STOP,
                        Kind.START,
                        Kind.REMOVE);
        // newest first, and page by page
        List<Operation> all = core.doors()
                .operations()
                .list(Optional.of(ResourceRef.of(G)), Optional.empty(), false, 100, CallContext.INTERNAL);
        assertThat(all).extracting(Operation::id).containsExactlyElementsOf(reversed(changes));
        assertThat(core.doors()
                        .operations()
                        .list(
                                Optional.of(ResourceRef.of(G)),
                                Optional.of(all.get(2).id()),
                                false,
                                2,
                                CallContext.INTERNAL))
                .isEqualTo(all.subList(3, 5));
        assertThat(core.doors().operations().list(Optional.empty(), Optional.empty(), true, 100, CallContext.INTERNAL))
                .isEmpty();
    }

    @Test
    void operationsSurviveRestartsAtAnyMomentAndEnd() {
        Random random = new Random(3);
        for (int i = 0; i < 2; i++) {
            for (Change change : List.of(
                    restarting(random, () -> core.deploy("p", Hdag.of("g", "a", "b"))),
                    restarting(random, () -> core.update("p", Hdag.of("g", "a", "c"))),
                    restarting(random, () -> core.stop(G)),
                    restarting(random, () -> core.start(G)),
                    restarting(random, () -> core.place(G, offload("a"))),
                    restarting(random, () -> core.remove(G)))) {
                assertThat(stored(change).state()).isEqualTo(State.SUCCEEDED);
            }
        }
        assertThat(core.world.snapshot().releases()).isEmpty();
    }

    @Test
    void aSupersededOperationSaysByWhich() {
        Change deploy = core.deploy("p", Hdag.of("g", "a"));
        core.pass(EmbeddedCore.STEP);
        Change stop = core.stop(G);
        Operation superseded = stored(deploy);
        assertThat(superseded.state()).isEqualTo(State.SUPERSEDED);
        assertThat(superseded.message()).contains(stop.operation().orElseThrow().id(), "STOP");
        assertThat(deploy.done()).isCompletedExceptionally();
        after(stop);
        assertThat(stored(stop).state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void awaitAnswersAtTheEndOrWhenTheTimeIsOver() throws Exception {
        Change change = core.deploy("p", Hdag.of("g", "a"));
        String id = change.operation().orElseThrow().id();
        assertThat(core.doors()
                        .operations()
                        .await(id, Duration.ofMillis(10), CallContext.INTERNAL)
                        .state())
                .isEqualTo(State.PENDING);
        ExecutorService client = Executors.newSingleThreadExecutor();
        Future<Operation> waiting =
                client.submit(() -> core.doors().operations().await(id, Duration.ofSeconds(20), CallContext.INTERNAL));
        after(change);
        assertThat(waiting.get().state()).isEqualTo(State.SUCCEEDED);
        client.shutdown();
        assertThat(core.doors()
                        .operations()
                        .await(id, Duration.ofSeconds(20), CallContext.INTERNAL)
                        .state())
                .isEqualTo(State.SUCCEEDED);
        assertThatThrownBy(() -> core.doors().operations().await("none", Duration.ofSeconds(20), CallContext.INTERNAL))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void aDeploymentThatWaitsForCapacityCanBeCancelledAndLeavesNothing() {
        after(core.deploy("p", Hdag.graph("full").service("f1", "large").yaml()));
        core.deploy("p", Hdag.graph("full2").service("f2", "large").yaml());
        Change waiting = core.deploy(
                "p", Hdag.graph("g").service("a", "large").service("b", "large").yaml());
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(waiting).state()).isEqualTo(State.PENDING);
        assertThat(stored(waiting).error().orElseThrow().message()).contains("a");

        Operation cancelled = cancel(waiting);
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(waiting.done()).isCompletedExceptionally();
        core.pass(Duration.ofSeconds(3));
        assertThat(core.stores.graphs().find(G)).isEmpty();
        assertThat(core.graphs().find(G, CallContext.INTERNAL)).isEmpty();
        assertThat(stored(waiting).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void whatLeavesWithoutAnOperationIsLookedAtAtOnceWhenItsRemovalIsAskedFor() {
        after(core.deploy("p", Hdag.graph("full").service("f1", "large").yaml()));
        core.deploy("p", Hdag.graph("full2").service("f2", "large").yaml());
        Change waiting = core.deploy(
                "p", Hdag.graph("g").service("a", "large").service("b", "large").yaml());
        core.pass(Duration.ofSeconds(5));
        core.world.begin(Outage.DEPLOYER);
        cancel(waiting);
        core.pass(Duration.ofMinutes(2));
        assertThat(core.stores.graphs().find(G)).as("it cannot be removed now").isPresent();
        core.world.end(Outage.DEPLOYER);
        core.remove(G);
        core.pass(EmbeddedCore.STEP);
        assertThat(core.stores.graphs().find(G)).isEmpty();
    }

    @Test
    void anUpdateThatWaitsCanBeCancelledAndLeavesTheRevisionBefore() {
        after(core.deploy(
                "p",
                Hdag.graph("g").lifecycle("{ onFailure: keep }").service("a").yaml()));
        Change update = core.update(
                "p",
                Hdag.graph("g")
                        .lifecycle("{ onFailure: keep }")
                        .service("a")
                        .service("b", "large")
                        .service("c", "large")
                        .service("d", "large")
                        .yaml());
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(update).state()).isEqualTo(State.PENDING);
        cancel(update);
        core.pass(Duration.ofSeconds(5));
        assertThat(core.view(G).item().revision()).isEqualTo(1);
        assertThat(phase()).isEqualTo(GraphPhase.RUNNING);
        assertThat(core.world.snapshot().releases())
                .singleElement()
                .satisfies(release -> assertThat(release.state().revision()).isEqualTo(1));
        // the ids of the services that never came are free
        after(core.deploy("p", Hdag.of("other", "b")));
    }

    @Test
    void aPlacementAndAStartThatAreNotDecidedCanBeCancelled() {
        after(core.deploy("p", Hdag.of("g", "a")));
        Change place = core.place(G, offload("a"));
        cancel(place);
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(place).state()).isEqualTo(State.CANCELLED);
        assertThat(core.view(G).placement().clusterOf("a").orElseThrow().name()).isEqualTo("c1");
        // the next wish is not mistaken for the one that was taken back
        Change again = after(core.place(G, offload("a")));
        assertThat(stored(again).state()).isEqualTo(State.SUCCEEDED);
        assertThat(core.view(G).placement().clusterOf("a")).contains(C2);

        after(core.stop(G));
        Change start = core.start(G);
        cancel(start);
        core.pass(Duration.ofSeconds(5));
        assertThat(phase()).isEqualTo(GraphPhase.STOPPED);
        assertThat(core.world.snapshot().releases()).isEmpty();
        after(core.start(G));
        assertThat(phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aDeploymentThatWaitsBesideAPlacementThatIsTakenBackGoesOnToWaitAndEnds() {
        after(core.deploy("p", Hdag.graph("holder").service("b", "large").yaml()));
        Change waiting = core.deploy(
                "p", Hdag.graph("g").service("a", "large").service("e", "large").yaml());
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(waiting).state()).isEqualTo(State.PENDING);
        cancel(core.place(G, offload("a")));
        core.pass(Duration.ofSeconds(5));
        assertThat(stored(waiting).state()).isEqualTo(State.PENDING);

        after(core.remove(new GraphId("p", "holder")));
        after(waiting);
        assertThat(stored(waiting).state()).isEqualTo(State.SUCCEEDED);
        assertThat(phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void whatIsUnderWayOrOverCannotBeCancelled() {
        Change deploy = core.deploy("p", Hdag.of("g", "a"));
        core.pass(EmbeddedCore.STEP);
        assertConflict(() -> cancel(deploy), "under way");
        core.pass(Duration.ofSeconds(5));
        assertConflict(() -> cancel(deploy), "SUCCEEDED");
        Change stop = core.stop(G);
        assertConflict(() -> cancel(stop), "under way");
        core.pass(Duration.ofSeconds(5));
        Change remove = core.remove(G);
        assertConflict(() -> cancel(remove), "under way");
        core.pass(Duration.ofSeconds(5));
        assertThatThrownBy(() -> core.doors().operations().cancel("none", CallContext.INTERNAL))
                .hasMessageContaining("Operation none not found");
    }

    @Test
    void theSameKeyAnswersWithTheFirstOperationAlsoAfterARestart() {
        Change first =
                core.graphs().deploy(request(Hdag.of("g", "a")), new CallContext(key("k", "f"), Optional.empty()));
        Change second =
                core.graphs().deploy(request(Hdag.of("g", "a")), new CallContext(key("k", "f"), Optional.empty()));
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(second.replay()).isTrue();
        after(first);
        assertThat(second.done()).isCompleted();
        restart();
        Change third =
                core.graphs().deploy(request(Hdag.of("g", "a")), new CallContext(key("k", "f"), Optional.empty()));
        assertThat(id(third)).isEqualTo(id(first));
        assertThat(third.done()).isCompleted();

        Change stop = after(core.graphs().stop(G, new CallContext(key("k2", "stop"), Optional.empty())));
        assertThat(id(core.graphs().stop(G, new CallContext(key("k2", "stop"), Optional.empty()))))
                .isEqualTo(id(stop));
        after(core.graphs().start(G, new CallContext(key("k3", "start"), Optional.empty())));
        // what came long ago changes nothing now
        assertThat(id(core.graphs().stop(G, new CallContext(key("k2", "stop"), Optional.empty()))))
                .isEqualTo(id(stop));
        core.pass(Duration.ofSeconds(5));
        assertThat(phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void aKeyOfAnotherRequestIsUnprocessable() {
        after(core.graphs().deploy(request(Hdag.of("g", "a")), new CallContext(key("k", "f"), Optional.empty())));
        assertThatThrownBy(() -> core.graphs().stop(G, new CallContext(key("k", "other"), Optional.empty())))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.UNPROCESSABLE));
        assertThat(phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void oneKeyFromEightThreadsDoesOneThing() throws Exception {
        after(core.deploy("p", Hdag.of("g", "a")));
        ExecutorService clients = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 5; round++) {
            String one = Hdag.graph("g" + round).service("s" + round, "light").yaml();
            RequestOrigin deploy = key("deploy-" + round, "f");
            RequestOrigin update = key("update-" + round, "f");
            String yaml = Hdag.graph("g")
                    .service("a", "small", "", "{ n: %d }".formatted(round))
                    .yaml();
            Set<String> deployments = together(
                    clients, () -> id(core.graphs().deploy(request(one), new CallContext(deploy, Optional.empty()))));
            Set<String> updates = together(
                    clients, () -> id(core.graphs().update(request(yaml), new CallContext(update, Optional.empty()))));
            assertThat(deployments).hasSize(1);
            assertThat(updates).hasSize(1);
            core.pass(Duration.ofSeconds(4));
            assertThat(core.view(G).item().revision()).isEqualTo(2 + round);
        }
        clients.shutdown();
    }

    @Test
    void aRepeatedRemovalAnswersWithTheFirstOperationWhenTheGraphIsGone() {
        after(core.deploy("p", Hdag.of("g", "a")));
        Change first = core.graphs().remove(G, new CallContext(key("k", "f"), Optional.empty()));
        assertThat(id(core.graphs().remove(G, CallContext.INTERNAL))).isEqualTo(id(first));
        after(first);
        Change again = core.graphs().remove(G, new CallContext(key("k", "f"), Optional.empty()));
        assertThat(id(again)).isEqualTo(id(first));
        assertThat(again.done()).isCompleted();
        assertThatThrownBy(() -> core.remove(G)).isInstanceOfSatisfying(SmoException.class, e -> assertThat(e.kind())
                .isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void anOutageShowsInTheOperationAndIsForgottenWhenItIsOver() {
        core.world.begin(Outage.DEPLOYER);
        Change change = core.deploy("p", Hdag.of("g", "a"));
        core.pass(Duration.ofSeconds(5));
        Operation held = stored(change);
        assertThat(held.state()).isEqualTo(State.RUNNING);
        assertThat(held.steps()).anySatisfy(step -> assertThat(step.message()).isNotEmpty());
        core.world.end(Outage.DEPLOYER);
        core.passUntil(() -> stored(change).state() == State.SUCCEEDED, Duration.ofSeconds(60));
        assertThat(stored(change).error()).isEmpty();
    }

    private Change restarting(Random random, java.util.function.Supplier<Change> call) {
        Change change = call.get();
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            core.pass(Duration.ofMillis(100L * random.nextInt(14)));
            restart();
        }
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(60));
        return change;
    }

    private void restart() {
        core.stopEngine();
        core.startEngine();
    }

    private static Set<String> together(ExecutorService clients, Callable<String> call) throws Exception {
        Set<String> answers = new HashSet<>();
        for (Future<String> answer : clients.invokeAll(java.util.Collections.nCopies(8, call))) {
            answers.add(answer.get());
        }
        return answers;
    }

    private Operation cancel(Change change) {
        return core.doors().operations().cancel(id(change), CallContext.INTERNAL);
    }

    private Change after(Change change) {
        core.passUntil(() -> stored(change).state().isFinal(), Duration.ofSeconds(60));
        return change;
    }

    private Operation stored(Change change) {
        return core.doors().operations().find(id(change), CallContext.INTERNAL).orElseThrow();
    }

    private static String id(Change change) {
        return change.operation().orElseThrow().id();
    }

    private static List<String> reversed(List<Change> changes) {
        List<String> ids = new ArrayList<>();
        changes.forEach(change -> ids.add(0, id(change)));
        return ids;
    }

    private DeployRequest request(String yaml) {
        return DeployRequest.of(core.graph("p", yaml));
    }

    private GraphPhase phase() {
        return core.view(G).phase();
    }

    private static RequestOrigin key(String key, String fingerprint) {
        return new RequestOrigin("anna", "c", Optional.of(new IdempotencyKey(key, fingerprint)));
    }

    private static PlaceRequest offload(String service) {
        return new PlaceRequest(
                DecisionReason.OFFLOAD, Set.of(service), Optional.of(C2), StrategySelection.UNSPECIFIED, false);
    }

    private static void assertConflict(Runnable call, String text) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SmoException.class, e -> {
            assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
            assertThat(e.getMessage()).contains(text);
        });
    }

    private static ClusterModel cluster(String name, int cores) {
        return ClusterModel.of(name, new Resources(cores * 1000L, 64 * GIB, 1000 * GIB, 0));
    }
}
