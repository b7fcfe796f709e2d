// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.fleet.FleetPlan.PlannedStep;
import eu.nephele.smo.core.fleet.KeptPlan.FleetStepState;
import eu.nephele.smo.core.fleet.KeptPlan.PlanState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan. A step begins when the one before it is decided, so that the ledger holds its places, and when its own new
 * places fit beside all that is reserved. Whatever is not as planned ends it; steps that have begun are finished.
 */
final class FleetRollout {

    private static final Logger log = LoggerFactory.getLogger(FleetRollout.class);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** Looks at the ledger after the last step: what it left is free a moment later. */
    private static final int LOOKS = 30;

    private final KeptPlan kept;
    private final FleetWorld world;
    private final Scheduler scheduler;
    private final RequestOrigin origin;
    private final int atOnce;
    private int next;
    private int running;
    private int looks;
    private boolean undecided;

    /** @param atOnce most steps that run at the same time, 1 or more */
    FleetRollout(KeptPlan kept, FleetWorld world, Scheduler scheduler, RequestOrigin origin, int atOnce) {
        this.kept = kept;
        this.world = world;
        this.scheduler = scheduler;
        this.origin =
                new RequestOrigin(origin.principal(), origin.correlationId(), origin.traceParent(), Optional.empty());
        this.atOnce = atOnce;
    }

    void begin() {
        scheduler.execute(this::advance);
    }

    private synchronized void advance() {
        try {
            advanceOnce();
        } catch (RuntimeException unforeseen) {
            // nobody waits for this task: without an end here the plan would be applied for ever
            log.error("Plan {} of the fleet stopped", kept.plan().id(), unforeseen);
            kept.stop("The rollout ended with %s".formatted(unforeseen));
        }
    }

    private void advanceOnce() {
        if (kept.progress().state() != PlanState.APPLYING || undecided || running >= atOnce) {
            return;
        }
        if (next == kept.plan().steps().size()) {
            if (running == 0) {
                kept.applied();
            }
            return;
        }
        PlannedStep step = kept.plan().steps().get(next);
        if (world.fits(step.needed())) {
            looks = 0;
            start(step);
        } else if (running == 0) {
            looks++;
            if (looks > LOOKS) {
                kept.stop("The room for graph %s was taken meanwhile. Make a new plan".formatted(step.graph()));
            } else {
                scheduler.after(AGAIN, this::advance);
            }
        }
    }

    private void start(PlannedStep step) {
        int index = next;
        try {
            Change change = world.move(
                    step.graph(), step.basis(), step.places(), kept.plan().id(), origin);
            next++;
            running++;
            undecided = true;
            kept.step(index, FleetStepState.RUNNING, change.operation().map(Operation::id), "");
            change.decided().whenComplete((view, failure) -> scheduler.execute(() -> decided(failure)));
            change.done().whenComplete((view, failure) -> scheduler.execute(() -> done(index, failure)));
        } catch (SmoException refused) {
            kept.step(index, FleetStepState.FAILED, Optional.empty(), refused.getMessage());
            kept.stop(refused.getMessage());
        }
    }

    private synchronized void decided(@Nullable Throwable failure) {
        undecided = false;
        if (failure == null) {
            advance();
        }
        // otherwise the step has failed as well, which ends the plan
    }

    private synchronized void done(int index, @Nullable Throwable failure) {
        running--;
        if (failure == null) {
            kept.step(index, FleetStepState.DONE, Optional.empty(), "");
        } else {
            String why = String.valueOf(failure.getMessage());
            kept.step(index, FleetStepState.FAILED, Optional.empty(), why);
            kept.stop("Graph %s did not move: %s"
                    .formatted(kept.plan().steps().get(index).graph(), why));
        }
        advance();
    }
}
