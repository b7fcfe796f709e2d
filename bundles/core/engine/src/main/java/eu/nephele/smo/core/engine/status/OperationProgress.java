// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.engine.operation.OperationTransitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Derives the progress of an operation from the observation of a pass. */
final class OperationProgress {

    private OperationProgress() {}

    /** The operation as it is now; the same when nothing changed. */
    static Operation next(
            Operation operation,
            GraphRecord record,
            Map<String, ObservedService> services,
            PassOutcome outcome,
            Instant now) {
        List<Step> steps = steps(operation, record, services);
        if (outcome instanceof PassOutcome.Succeeded succeeded) {
            return OperationTransitions.ended(operation, State.SUCCEEDED, Optional.empty(), succeeded.message(), now);
        } else if (outcome instanceof PassOutcome.Failed failed) {
            return OperationTransitions.ended(
                    OperationTransitions.progressed(operation, steps, "", now),
                    State.FAILED,
                    Optional.of(Fault.of(failed.why())),
                    failed.why().getMessage(),
                    now);
        } else if (outcome instanceof PassOutcome.HeldUp heldUp) {
            return OperationTransitions.heldUp(operation, steps, Fault.of(heldUp.why()), now);
        } else if (outcome instanceof PassOutcome.RollingBack rollingBack) {
            return OperationTransitions.undoing(operation, rollingBack.why(), rollingBack.message(), now);
        } else if (outcome instanceof PassOutcome.NotStarted notStarted && operation.state() == State.PENDING) {
            return OperationTransitions.running(operation, notStarted.steps(), now);
        } else if (outcome instanceof PassOutcome.InProgress inProgress
                && inProgress.waitsFor().isPresent()) {
            return OperationTransitions.heldUp(
                    operation, steps, Fault.of(inProgress.waitsFor().get()), now);
        }
        String message = outcome instanceof PassOutcome.InProgress inProgress ? inProgress.message() : "";
        return OperationTransitions.progressed(operation, steps, message, now);
    }

    private static List<Step> steps(Operation operation, GraphRecord record, Map<String, ObservedService> services) {
        long assignment = record.decided().map(DecidedGraph::assignment).orElse(0L);
        return operation.steps().stream()
                .map(step -> {
                    ObservedService seen = services.getOrDefault(step.subject(), ObservedService.NOTHING);
                    StepState state = step.action() == Action.REMOVE
                            ? removal(step, record, services)
                            : state(step, seen, assignment);
                    return new Step(
                            step.action(),
                            step.subject(),
                            step.detail(),
                            state,
                            state == StepState.DONE ? "" : seen.message());
                })
                .toList();
    }

    private static StepState removal(Step step, GraphRecord record, Map<String, ObservedService> services) {
        ServiceState seen =
                services.getOrDefault(step.subject(), ObservedService.NOTHING).state();
        boolean gone = !record.desired().retiring().containsKey(step.subject())
                && (seen == ServiceState.NOT_DEPLOYED || seen == ServiceState.PENDING);
        return gone ? StepState.DONE : StepState.RUNNING;
    }

    private static StepState state(Step step, ObservedService seen, long assignment) {
        if (step.action() == Action.WATCH) {
            return seen.state() == ServiceState.PENDING ? StepState.DONE : StepState.RUNNING;
        }
        return switch (seen.state()) {
            case FAILED -> StepState.FAILED;
            case DEPLOYED -> seen.assignment() >= assignment ? StepState.DONE : StepState.PENDING;
            case DEPLOYING, DEGRADED -> seen.assignment() >= assignment ? StepState.RUNNING : StepState.PENDING;
            case PENDING, NOT_DEPLOYED -> StepState.PENDING;
        };
    }
}
