// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan with its progress. Thread-safe. */
final class KeptPlan {

    /** Why a plan was made. */
    enum PlanOrigin {
        /** somebody asked */
        ASKED,
        /** its time had come */
        SCHEDULED
    }

    /** Where a plan is. */
    enum PlanState {
        PLANNED,
        APPLYING,
        APPLIED,
        /** a step failed, or could not begin as it was planned: those after it do not begin */
        STOPPED
    }

    /** Where a step is. */
    enum FleetStepState {
        PENDING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * @param operation that carries it out; empty before it begins
     * @param message why it failed, "" when it did not
     */
    record StepProgress(FleetStepState state, Optional<String> operation, String message) {
        static final StepProgress PENDING = new StepProgress(FleetStepState.PENDING, Optional.empty(), "");
    }

    /** @param message why it stopped, "" when it did not */
    record PlanProgress(PlanState state, String message, List<StepProgress> steps) {}

    private final FleetPlan plan;
    private final PlanOrigin origin;
    private final List<StepProgress> steps = new ArrayList<>();
    private PlanState state = PlanState.PLANNED;
    private String message = "";

    KeptPlan(FleetPlan plan, PlanOrigin origin) {
        this.plan = plan;
        this.origin = origin;
        plan.steps().forEach(step -> steps.add(StepProgress.PENDING));
    }

    FleetPlan plan() {
        return plan;
    }

    PlanOrigin origin() {
        return origin;
    }

    synchronized PlanProgress progress() {
        return new PlanProgress(state, message, List.copyOf(steps));
    }

    /** @return false when it was begun before */
    synchronized boolean begin() {
        boolean first = state == PlanState.PLANNED;
        if (first) {
            state = PlanState.APPLYING;
        }
        return first;
    }

    synchronized void step(int index, FleetStepState next, Optional<String> operation, String why) {
        steps.set(
                index,
                new StepProgress(next, operation.or(() -> steps.get(index).operation()), why));
    }

    synchronized void stop(String why) {
        if (state == PlanState.APPLYING || state == PlanState.PLANNED) {
            state = PlanState.STOPPED;
            message = why;
        }
    }

    synchronized void applied() {
        if (state == PlanState.APPLYING) {
            state = PlanState.APPLIED;
        }
    }
}
