// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transitions of an operation. */
public final class OperationTransitions {

    static final String DECIDING = "deciding";
    static final String APPLYING = "applying";
    public static final String UNDOING = "undoing";

    private OperationTransitions() {}

    public static Operation running(Operation operation, List<PlanStep> plan, Instant now) {
        List<Step> steps = plan.stream()
                .map(step -> new Step(step.action(), step.service(), step.detail(), StepState.PENDING, ""))
                .toList();
        return with(operation, State.RUNNING, now, steps, stage(operation, APPLYING, now), Optional.empty(), "");
    }

    /**
     * Marks an operation as being rolled back; the same if nothing changed.
     *
     * @param waits remaining workloads, "" before the first observation
     */
    public static Operation undoing(Operation operation, Fault why, String waits, Instant now) {
        String message =
                describe("The change failed permanently; rolling back" + (waits.isEmpty() ? "" : ": " + waits));
        return operation.error().equals(Optional.of(why)) && operation.message().equals(message)
                ? operation
                : with(
                        operation,
                        State.RUNNING,
                        now,
                        operation.steps(),
                        stage(operation, UNDOING, now),
                        Optional.of(why),
                        message);
    }

    /**
     * Its steps as they are now; the same when nothing changed.
     *
     * @param message the reason for waiting; "" without a new one
     */
    public static Operation progressed(Operation operation, List<Step> steps, String message, Instant now) {
        boolean heldUp = operation.error().isPresent();
        String told = message.isEmpty() && !heldUp ? operation.message() : describe(message);
        return steps.equals(operation.steps()) && !heldUp && told.equals(operation.message())
                ? operation
                : with(operation, operation.state(), now, steps, operation.stages(), Optional.empty(), told);
    }

    /** An obstacle holds it up; it is retried. */
    public static Operation heldUp(Operation operation, List<Step> steps, Fault why, Instant now) {
        Optional<Fault> error = Optional.of(why);
        return steps.equals(operation.steps()) && operation.error().equals(error)
                ? operation
                : with(operation, operation.state(), now, steps, operation.stages(), error, "Retrying");
    }

    public static Operation ended(
            Operation operation, State state, Optional<Fault> error, String message, Instant now) {
        List<Step> steps = state != State.SUCCEEDED
                ? operation.steps()
                : operation.steps().stream()
                        .map(step -> new Step(step.action(), step.subject(), step.detail(), StepState.DONE, ""))
                        .toList();
        return with(operation, state, now, steps, closed(operation, now), error, message);
    }

    /** As the operation keeps it: a message that is cut is not a new one at each pass. */
    private static String describe(String message) {
        return AnswerLimits.cut(message, AnswerLimits.TOLD_CHARACTERS);
    }

    private static List<Stage> stage(Operation operation, String name, Instant now) {
        boolean there = operation.stages().stream()
                .anyMatch(stage -> stage.name().equals(name) && stage.duration().isEmpty());
        if (there) {
            return operation.stages();
        }
        List<Stage> stages = new ArrayList<>(closed(operation, now));
        stages.add(new Stage(name, now, Optional.empty()));
        return stages;
    }

    private static List<Stage> closed(Operation operation, Instant now) {
        return operation.stages().stream()
                .map(stage -> stage.duration().isPresent()
                        ? stage
                        : new Stage(stage.name(), stage.startedAt(), Optional.of(between(stage.startedAt(), now))))
                .toList();
    }

    /** A clock may be set back; nothing takes less than no time. */
    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }

    private static Operation with(
            Operation operation,
            State state,
            Instant now,
            List<Step> steps,
            List<Stage> stages,
            Optional<Fault> error,
            String message) {
        return new Operation(
                operation.id(),
                operation.kind(),
                operation.target(),
                state,
                operation.generation(),
                operation.wish(),
                operation.origin(),
                operation.times().changed(now, state.isFinal()),
                steps,
                stages,
                error,
                message);
    }
}
