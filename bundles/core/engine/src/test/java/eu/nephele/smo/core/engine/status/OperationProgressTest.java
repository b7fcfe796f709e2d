// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import static eu.nephele.smo.core.engine.decision.StoredGraph.share;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.decision.StoredGraph;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operation of one step for service {@code a}, which assignment 2 has decided. */
class OperationProgressTest {

    private static final Instant NOW = StoredGraph.NOW;
    private final SmoException failure =
            SmoException.of(SmoException.Kind.UNAVAILABLE, "helm", "It is away", Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "INSTALL, DEPLOYED, 2, DONE",
        "INSTALL, DEPLOYED, 3, DONE",
        "INSTALL, DEPLOYED, 1, PENDING",
        "UPGRADE, DEPLOYING, 2, RUNNING",
        "UPGRADE, DEPLOYING, 1, PENDING",
        "MOVE, DEGRADED, 2, RUNNING",
        "MOVE, DEGRADED, 1, PENDING",
        "SCALE, FAILED, 2, FAILED",
        "INSTALL, PENDING, 2, PENDING",
        "INSTALL, NOT_DEPLOYED, 2, PENDING",
        "WATCH, PENDING, 0, DONE",
        "WATCH, NOT_DEPLOYED, 0, RUNNING",
        "REMOVE, NOT_DEPLOYED, 1, DONE",
        "REMOVE, PENDING, 1, DONE",
        "REMOVE, DEPLOYED, 2, RUNNING"
    })
    void aStepIsAsFarAsItsServiceWasSeen(Action action, ServiceState seen, long assignment, StepState expected) {
        GraphRecord record = stored().seen("a", seen, assignment).record();
        Step step = next(running(action), record, new PassOutcome.InProgress())
                .steps()
                .get(0);
        assertThat(step.state()).isEqualTo(expected);
        assertThat(step.message()).isEqualTo(expected == StepState.DONE ? "" : "about a");
        assertThat(step.action()).isEqualTo(action);
        assertThat(step.detail()).isEqualTo("detail");
    }

    @Test
    void aServiceThatStillRetiresIsNotRemovedYet() {
        GraphRecord record =
                stored().retiring("a").seen("a", ServiceState.NOT_DEPLOYED, 1).record();
        assertThat(next(running(Action.REMOVE), record, new PassOutcome.InProgress())
                        .steps())
                .extracting(Step::state)
                .containsExactly(StepState.RUNNING);
    }

    @Test
    void aSuccessEndsIt() {
        Operation ended = next(running(Action.INSTALL), deployed(), new PassOutcome.Succeeded("c2 was not seen"));
        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.message()).isEqualTo("c2 was not seen");
        assertThat(ended.error()).isEmpty();
    }

    @Test
    void aFailureEndsItWithTheLastStateOfItsSteps() {
        GraphRecord record = stored().seen("a", ServiceState.FAILED, 2).record();
        Operation ended = next(running(Action.INSTALL), record, new PassOutcome.Failed(failure));
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.error()).contains(Fault.of(failure));
        assertThat(ended.message()).isEqualTo("It is away");
        assertThat(ended.steps()).extracting(Step::state).containsExactly(StepState.FAILED);
    }

    @Test
    void anObstacleIsShownAndItGoesOn() {
        for (PassOutcome outcome :
                List.of(new PassOutcome.HeldUp(failure), new PassOutcome.InProgress(Optional.of(failure), "later"))) {
            Operation held = next(running(Action.INSTALL), deployed(), outcome);
            assertThat(held.state()).isEqualTo(State.RUNNING);
            assertThat(held.error()).contains(Fault.of(failure));
            assertThat(held.steps()).extracting(Step::state).containsExactly(StepState.DONE);
        }
    }

    @Test
    void aRollbackKeepsItOpen() {
        Operation undoing =
                next(running(Action.INSTALL), deployed(), new PassOutcome.RollingBack(Fault.of(failure), "a is left"));
        assertThat(undoing.state()).isEqualTo(State.RUNNING);
        assertThat(undoing.message()).endsWith("rolling back: a is left");
        assertThat(undoing.error()).contains(Fault.of(failure));
    }

    @Test
    void aPendingOperationGetsItsStepsAndARunningOneKeepsThem() {
        PassOutcome starts = new PassOutcome.NotStarted(
                List.of(new PlanStep(Action.MOVE, "b", List.of(), List.of(), true, "move b")));
        Operation started = next(operation(State.PENDING, List.of()), deployed(), starts);
        assertThat(started.state()).isEqualTo(State.RUNNING);
        assertThat(started.steps()).extracting(Step::subject).containsExactly("b");

        assertThat(next(running(Action.INSTALL), deployed(), starts).steps())
                .extracting(Step::subject)
                .containsExactly("a");
    }

    @Test
    void aReasonForWaitingIsTold() {
        Operation waits = next(
                running(Action.INSTALL), deployed(), new PassOutcome.InProgress(Optional.empty(), "a pulls its image"));
        assertThat(waits.message()).isEqualTo("a pulls its image");
        assertThat(waits.error()).isEmpty();
    }

    private static GraphRecord deployed() {
        return stored().seen("a", ServiceState.DEPLOYED, 2).record();
    }

    private static StoredGraph stored() {
        return new StoredGraph().service("a").placed("a", share("c1", 1)).assignment(2);
    }

    private static Operation next(Operation operation, GraphRecord record, PassOutcome outcome) {
        return OperationProgress.next(operation, record, record.observed().services(), outcome, NOW);
    }

    private static Operation running(Action action) {
        return operation(State.RUNNING, List.of(new Step(action, "a", "detail", StepState.PENDING, "")));
    }

    private static Operation operation(State state, List<Step> steps) {
        return new Operation(
                "1",
                Kind.UPDATE,
                ResourceRef.of(new GraphId("p", "g")),
                state,
                1,
                1,
                RequestOrigin.INTERNAL,
                Times.from(NOW),
                steps,
                List.of(),
                Optional.empty(),
                "");
    }
}
