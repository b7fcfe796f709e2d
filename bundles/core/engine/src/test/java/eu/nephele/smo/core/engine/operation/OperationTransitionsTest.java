// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationTransitionsTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant LATER = START.plusSeconds(5);
    private static final Fault FAULT = new Fault(SmoException.Kind.UNAVAILABLE, "helm", "It is away");

    private final Operation pending = new Operation(
            "1",
            Kind.DEPLOY,
            ResourceRef.of(new GraphId("p", "g")),
            State.PENDING,
            3,
            7,
            RequestOrigin.INTERNAL,
            Times.from(START),
            List.of(),
            List.of(new Stage(OperationTransitions.DECIDING, START, Optional.empty())),
            Optional.empty(),
            "");
    private final Operation running = OperationTransitions.running(pending, List.of(step("a"), step("b")), LATER);

    @Test
    void aDecidedOperationHasItsStepsAndANewStage() {
        assertThat(running.state()).isEqualTo(State.RUNNING);
        assertThat(running.steps())
                .containsExactly(
                        new Step(Action.INSTALL, "a", "install a", StepState.PENDING, ""),
                        new Step(Action.INSTALL, "b", "install b", StepState.PENDING, ""));
        assertThat(running.stages())
                .containsExactly(
                        new Stage(OperationTransitions.DECIDING, START, Optional.of(Duration.ofSeconds(5))),
                        new Stage(OperationTransitions.APPLYING, LATER, Optional.empty()));
        assertThat(running.updatedAt()).isEqualTo(LATER);
        assertThat(List.of(running.id(), running.generation(), running.wish())).containsExactly("1", 3L, 7L);
    }

    @Test
    void aStageThatLastsIsNotBegunAgainAndOneThatIsOverIs() {
        Operation again = OperationTransitions.running(running, List.of(step("a")), LATER.plusSeconds(1));
        assertThat(again.stages()).isEqualTo(running.stages());

        Operation undoing = OperationTransitions.undoing(running, FAULT, "", LATER.plusSeconds(1));
        Operation forward = OperationTransitions.running(undoing, List.of(step("a")), LATER.plusSeconds(4));
        assertThat(forward.stages())
                .extracting(Stage::name, stage -> stage.duration().map(Duration::toSeconds))
                .containsExactly(
                        tuple("deciding", Optional.of(5L)),
                        tuple("applying", Optional.of(1L)),
                        tuple("undoing", Optional.of(3L)),
                        tuple("applying", Optional.empty()));
    }

    @Test
    void aClockThatIsSetBackMakesNoStageNegative() {
        Operation earlier = OperationTransitions.running(pending, List.of(), START.minusSeconds(9));
        assertThat(earlier.stages().get(0).duration()).contains(Duration.ZERO);
    }

    @Test
    void aRollbackTellsItsReasonAndWhatIsLeft() {
        Operation first = OperationTransitions.undoing(running, FAULT, "", LATER);
        assertThat(first.message()).isEqualTo("The change failed permanently; rolling back");
        assertThat(first.error()).contains(FAULT);
        assertThat(first.steps()).isEqualTo(running.steps());
        assertThat(first.stages()).extracting(Stage::name).containsExactly("deciding", "applying", "undoing");

        Operation waits = OperationTransitions.undoing(first, FAULT, "a is still there", LATER.plusSeconds(1));
        assertThat(waits.message()).isEqualTo("The change failed permanently; rolling back: a is still there");
        assertThat(OperationTransitions.undoing(waits, FAULT, "a is still there", LATER.plusSeconds(2)))
                .isSameAs(waits);
        Fault other = new Fault(SmoException.Kind.CONFLICT, "helm", "Another one");
        assertThat(OperationTransitions.undoing(waits, other, "a is still there", LATER)
                        .error())
                .contains(other);
    }

    @Test
    void progressChangesAnOperationOnlyWhereThereIsAny() {
        assertThat(OperationTransitions.progressed(running, running.steps(), "", LATER.plusSeconds(1)))
                .isSameAs(running);

        Operation told = OperationTransitions.progressed(running, running.steps(), "a pulls its image", LATER);
        assertThat(told.message()).isEqualTo("a pulls its image");
        assertThat(OperationTransitions.progressed(told, told.steps(), "", LATER))
                .as("no new message")
                .isSameAs(told);
        assertThat(OperationTransitions.progressed(told, told.steps(), "a pulls its image", LATER))
                .isSameAs(told);

        List<Step> done = List.of(new Step(Action.INSTALL, "a", "install a", StepState.DONE, ""));
        Operation further = OperationTransitions.progressed(told, done, "", LATER.plusSeconds(2));
        assertThat(further.steps()).isEqualTo(done);
        assertThat(further.message()).isEqualTo("a pulls its image");
        assertThat(further.updatedAt()).isEqualTo(LATER.plusSeconds(2));
        assertThat(further.state()).isEqualTo(State.RUNNING);
    }

    @Test
    void anObstacleIsToldOnceAndForgottenWithTheNextProgress() {
        Operation held = OperationTransitions.heldUp(running, running.steps(), FAULT, LATER.plusSeconds(1));
        assertThat(held.error()).contains(FAULT);
        assertThat(held.message()).isEqualTo("Retrying");
        assertThat(OperationTransitions.heldUp(held, held.steps(), FAULT, LATER.plusSeconds(2)))
                .isSameAs(held);
        assertThat(OperationTransitions.heldUp(held, List.of(), FAULT, LATER).steps())
                .isEmpty();

        Operation on = OperationTransitions.progressed(held, held.steps(), "", LATER.plusSeconds(3));
        assertThat(on.error()).isEmpty();
        assertThat(on.message()).isEmpty();
    }

    @Test
    void aSuccessHasAllStepsDoneAndEveryStageClosed() {
        Operation ended =
                OperationTransitions.ended(running, State.SUCCEEDED, Optional.empty(), "", LATER.plusSeconds(2));
        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.steps())
                .containsExactly(
                        new Step(Action.INSTALL, "a", "install a", StepState.DONE, ""),
                        new Step(Action.INSTALL, "b", "install b", StepState.DONE, ""));
        assertThat(ended.stages())
                .extracting(Stage::duration)
                .containsExactly(Optional.of(Duration.ofSeconds(5)), Optional.of(Duration.ofSeconds(2)));
        assertThat(ended.finishedAt()).contains(LATER.plusSeconds(2));
    }

    @Test
    void aFailureKeepsItsStepsAsTheyWere() {
        Operation ended = OperationTransitions.ended(running, State.FAILED, Optional.of(FAULT), "no", LATER);
        assertThat(ended.steps()).isEqualTo(running.steps());
        assertThat(ended.error()).contains(FAULT);
        assertThat(ended.message()).isEqualTo("no");
    }

    private static PlanStep step(String service) {
        return new PlanStep(Action.INSTALL, service, List.of(), List.of(), false, "install " + service);
    }
}
