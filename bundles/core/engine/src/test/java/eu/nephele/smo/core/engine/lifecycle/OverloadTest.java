// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.engine.EmbeddedCore;
import eu.nephele.smo.core.engine.Hdag;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.work.AdmissionController;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * More changes arrive than are carried out: accepted ones are done, rejected ones leave no trace, and removals are
 * accepted.
 */
class OverloadTest {

    private static final int MOST = 5;
    private static final int PROJECT = 60;

    /** Turns of the four lanes of the queue, and as many of what else is due. */
    private static final int ONE_ROUND = 30;

    private static final ClusterId C1 = new ClusterId(SimulatedFederation.SOURCE, "c1");

    private EmbeddedCore core;

    @BeforeEach
    void start() throws Exception {
        core = new EmbeddedCore(
                Scenario.of(
                        Duration.ofSeconds(1), ClusterModel.of("c1", new Resources(64_000, 64L << 30, 640L << 30, 0))),
                "overload-" + UUID.randomUUID());
        restart(new AdmissionController.AdmissionLimits(MOST, MOST, Duration.ofMinutes(2)));
    }

    private void restart(AdmissionController.AdmissionLimits limits) {
        core.stopEngine();
        core.settings = limited(core.settings, limits);
        core.startEngine();
        core.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void whatIsAcceptedIsDoneAndWhatIsRefusedLeavesNoTrace() {
        List<Change> accepted = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            accepted.add(deploy("g" + i, "key-" + i));
        }
        int events = core.events().size();
        SmoException refused = refusal(() -> deploy("late", "key-late"));
        assertThat(refused.retryAfter()).isPresent();
        assertThat(core.graphs().find(new GraphId("p", "late"), CallContext.INTERNAL))
                .isEmpty();
        assertThat(core.stores.operations().findKey("key-late")).isEmpty();
        assertThat(core.events()).hasSize(events);
        assertThat(core.doors().operations().list(Optional.empty(), Optional.empty(), true, 100, CallContext.INTERNAL))
                .hasSize(MOST);

        // who was accepted and asks again is answered, and reads go on
        Change again = deploy("g0", "key-0");
        assertThat(again.replay()).isTrue();
        assertThat(again.operation().map(Operation::id))
                .isEqualTo(accepted.get(0).operation().map(Operation::id));
        assertThat(core.graphs().names("p", CallContext.INTERNAL)).hasSize(MOST);

        core.passUntil(() -> accepted.stream().allMatch(OverloadTest::isDone), Duration.ofSeconds(60));
        assertThat(core.graphs().list("p", CallContext.INTERNAL))
                .hasSize(MOST)
                .allMatch(view -> view.phase() == GraphPhase.RUNNING);
        Change late = deploy("late", "key-late");
        assertThat(late.replay()).isFalse();
        core.passUntil(() -> isDone(late), Duration.ofSeconds(60));
    }

    @Test
    void removalsAreTakenWhileChangesAreRefused() {
        Change first = deploy("first", "key-first");
        core.passUntil(() -> isDone(first), Duration.ofSeconds(60));
        fill();
        refusal(() -> deploy("late", "key-late"));
        Change removal = core.remove(new GraphId("p", "first"));
        assertThat(removal.replay()).isFalse();
        core.passUntil(() -> isDone(removal), Duration.ofSeconds(60));
    }

    @Test
    void removalsHaveABoundOfTheirOwn() {
        for (int i = 0; i <= MOST; i++) {
            Change deployed = deploy("g" + i, "key-" + i);
            core.passUntil(() -> isDone(deployed), Duration.ofSeconds(60));
        }
        for (int i = 0; i < MOST; i++) {
            core.remove(new GraphId("p", "g" + i));
        }
        SmoException refused = refusal(() -> core.remove(new GraphId("p", "g" + MOST)));
        assertThat(refused.retryAfter()).isPresent();
        Change deployed = deploy("new", "key-new");
        core.passUntil(() -> isDone(deployed), Duration.ofSeconds(60));
        Change removed = core.remove(new GraphId("p", "g" + MOST));
        core.passUntil(() -> isDone(removed), Duration.ofSeconds(60));
    }

    @Test
    void aProjectThatIsRemovedAtOnceKeepsNoDeploymentWaiting() {
        restart(EngineSettings.STANDARD.admission());
        List<Change> project = new ArrayList<>();
        for (int i = 0; i < PROJECT; i++) {
            project.add(deploy("g" + i, "key-" + i));
        }
        core.passUntil(() -> project.stream().allMatch(OverloadTest::isDone), Duration.ofMinutes(5));
        List<Change> removals = new ArrayList<>();
        for (int i = 0; i < PROJECT; i++) {
            removals.add(core.remove(new GraphId("p", "g" + i)));
        }
        Change deployed = deploy("new", "key-new");
        int passes = 0;
        while (!deployed.decided().toCompletableFuture().isDone()) {
            core.runSome(1);
            passes++;
        }
        assertThat(passes).as("passes until it was decided").isLessThanOrEqualTo(ONE_ROUND);
        assertThat(removals).filteredOn(removal -> !isDone(removal)).isNotEmpty();
        core.passUntil(() -> removals.stream().allMatch(OverloadTest::isDone), Duration.ofMinutes(5));
        assertThat(core.graphs().names("p", CallContext.INTERNAL)).containsExactly("new");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void everyChangeIsBounded(String name, Call call) {
        Change first = deploy("first", "key-first");
        core.passUntil(() -> isDone(first), Duration.ofSeconds(60));
        if (name.equals("start")) {
            Change stopped = core.stop(new GraphId("p", "first"));
            core.passUntil(() -> isDone(stopped), Duration.ofSeconds(60));
        }
        if (name.equals("rollback")) {
            Change updated = core.update("p", Hdag.of("first", "first-a", "first-b"));
            core.passUntil(() -> isDone(updated), Duration.ofSeconds(60));
        }
        fill();
        refusal(() -> call.make(core));
        assertThat(core.doors().operations().list(Optional.empty(), Optional.empty(), true, 100, CallContext.INTERNAL))
                .hasSize(MOST);
    }

    private interface Call {
        void make(EmbeddedCore core);
    }

    static Stream<Arguments> changes() {
        GraphId first = new GraphId("p", "first");
        Map<String, Call> calls = Map.of(
                "update", core -> core.update("p", Hdag.of("first", "first-a", "first-b")),
                "rollback", core -> core.graphs().rollback(first, 1, CallContext.INTERNAL),
                "start", core -> core.start(first),
                "stop", core -> core.stop(first),
                "place", core -> core.place(first, PlaceRequest.replace()),
                "repair", core -> core.graphs().repair(first, CallContext.INTERNAL),
                "drain", core -> core.doors().clusters().drain(C1, "test", CallContext.INTERNAL));
        return calls.entrySet().stream().map(call -> Arguments.of(call.getKey(), call.getValue()));
    }

    private void fill() {
        for (int i = 0; i < MOST; i++) {
            deploy("g" + i, "key-" + i);
        }
    }

    private Change deploy(String name, String key) {
        return core.graphs()
                .deploy(
                        DeployRequest.of(core.graph("p", Hdag.of(name, name + "-a"))),
                        new CallContext(
                                new RequestOrigin("test", "c-" + name, Optional.of(new IdempotencyKey(key, name))),
                                Optional.empty()));
    }

    private static SmoException refusal(ThrowingCallable call) {
        SmoException refused = catchThrowableOfType(SmoException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).as(refused.getMessage()).isEqualTo(SmoException.Kind.UNAVAILABLE);
        return refused;
    }

    private static boolean isDone(Change change) {
        return change.done().toCompletableFuture().isDone();
    }

    private static EngineSettings limited(EngineSettings as, AdmissionController.AdmissionLimits limits) {
        return new EngineSettings(
                as.poll(),
                as.drift(),
                as.backOff(),
                as.failoverGrace(),
                as.settle(),
                as.removalWait(),
                as.progressDeadline(),
                as.sweep(),
                as.replacementInterval(),
                as.planValidity(),
                limits,
                as.scaling());
    }
}
