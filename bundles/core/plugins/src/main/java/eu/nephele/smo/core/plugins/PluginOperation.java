// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One operation on a plugin while it is carried out. Changed by one thread, read by any. */
final class PluginOperation {

    private final Log log;
    private final Clock clock;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Operation operation;
    /**
     * Published state of the operation: a success is published only once it is stored, because the next server would not know
     * it otherwise.
     */
    private volatile Operation told;

    PluginOperation(Operation operation, Log log, Clock clock) {
        this.operation = operation;
        this.told = operation;
        this.log = log;
        this.clock = clock;
    }

    /** Action of a step; returns its remark, "" for none. */
    @FunctionalInterface
    interface StepBody {
        String run() throws AdmissionException, PluginStartException, IOException;
    }

    @FunctionalInterface
    interface Log {
        /** @param mayBeTold runs when it is stored and its effects are visible for every server */
        void save(Operation operation, Runnable mayBeTold);
    }

    Operation operation() {
        return operation;
    }

    /** The state that may be published. */
    Operation toOperation() {
        return told;
    }

    Optional<String> id() {
        return Optional.of(operation.id());
    }

    /** Runs the work; the operation has ended afterwards, also after an exception. */
    void carryOut(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error unexpected) {
            if (!operation.state().isFinal()) {
                fail(OperationFaults.unexpected(unexpected));
            }
            throw unexpected;
        }
    }

    void run(Action action, StepBody body) throws AdmissionException, PluginStartException, IOException {
        step(action, StepState.RUNNING, "");
        try {
            step(action, StepState.DONE, body.run());
            if (action == Action.ADMIT) {
                answered.countDown();
            }
        } catch (AdmissionException | PluginStartException | IOException | RuntimeException | Error failed) {
            step(action, StepState.FAILED, String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    void succeed(String message) {
        end(State.SUCCEEDED, Optional.empty(), message);
    }

    void fail(Fault why) {
        end(State.FAILED, Optional.of(why), why.message());
    }

    /** Waits until admission has decided, or the operation has ended and may be published. */
    Operation awaitAdmission(Duration atMost) {
        try {
            if (answered.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return told;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return told;
    }

    private void step(Action action, StepState state, String message) {
        List<Step> steps = operation.steps().stream()
                .map(step -> step.action() == action
                        ? new Step(action, step.subject(), step.detail(), state, message)
                        : step)
                .toList();
        change(State.RUNNING, steps, Optional.empty(), "");
    }

    private void end(State state, Optional<Fault> error, String message) {
        UnaryOperator<Step> done = step -> state == State.SUCCEEDED && step.state() != StepState.DONE
                ? new Step(step.action(), step.subject(), step.detail(), StepState.DONE, "not needed")
                : step;
        List<Step> steps = operation.steps().stream().map(done).toList();
        change(state, state == State.FAILED ? firstFailed(steps, message) : steps, error, message);
    }

    /** Returns the steps with a failure before their begin attributed to the first one. */
    private static List<Step> firstFailed(List<Step> steps, String message) {
        boolean told = steps.stream().anyMatch(step -> step.state() == StepState.FAILED);
        Optional<Step> next = steps.stream()
                .filter(step -> !told && step.state() == StepState.PENDING)
                .findFirst();
        return steps.stream()
                .map(step -> next.filter(step::equals).isPresent()
                        ? new Step(step.action(), step.subject(), step.detail(), StepState.FAILED, message)
                        : step)
                .toList();
    }

    private void change(State state, List<Step> steps, Optional<Fault> error, String message) {
        Operation now = changed(operation, state, steps, error, message, clock.instant());
        operation = now;
        Runnable tell = () -> {
            told = now;
            if (state.isFinal()) {
                answered.countDown();
            }
        };
        if (state == State.FAILED) {
            tell.run();
        }
        log.save(now, tell);
    }

    static Operation changed(
            Operation operation, State state, List<Step> steps, Optional<Fault> error, String message, Instant now) {
        boolean ended = state.isFinal();
        List<Stage> stages = ended
                ? operation.stages().stream()
                        .map(stage -> new Stage(
                                stage.name(),
                                stage.startedAt(),
                                Optional.of(stage.duration().orElse(between(stage.startedAt(), now)))))
                        .toList()
                : operation.stages();
        return new Operation(
                operation.id(),
                operation.kind(),
                operation.target(),
                state,
                operation.generation(),
                operation.wish(),
                operation.origin(),
                operation.times().changed(now, ended),
                steps,
                stages,
                error,
                message);
    }

    private static Duration between(Instant from, Instant to) {
        return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
    }
}
