// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.List;
import java.util.Optional;

/** Outcome of a pass for the operations that wait for it. */
public sealed interface PassOutcome {

    /**
     * Work continues; callers continue to wait.
     *
     * @param waitsFor its present obstacle, to be shown; empty without one
     * @param message the reason for waiting, for people; "" without a new one
     */
    record InProgress(Optional<SmoException> waitsFor, String message) implements PassOutcome {

        public InProgress() {
            this(Optional.empty(), "");
        }
    }

    record NotStarted(List<PlanStep> steps) implements PassOutcome {}

    /**
     * The desired state is reached.
     *
     * @param message workloads that could not be seen, for people; "" when all could
     */
    record Succeeded(String message) implements PassOutcome {

        public Succeeded() {
            this("");
        }
    }

    /** An obstacle holds it up; it is retried, and waiting callers are notified. */
    record HeldUp(SmoException why) implements PassOutcome {}

    /**
     * It failed, and is being rolled back.
     *
     * @param message the reason for waiting, for people
     */
    record RollingBack(Fault why, String message) implements PassOutcome {}

    record Failed(SmoException why) implements PassOutcome {}

    /** The failure that waiting callers receive. */
    default Optional<SmoException> cause() {
        if (this instanceof HeldUp heldUp) {
            return Optional.of(heldUp.why());
        }
        return this instanceof Failed failed ? Optional.of(failed.why()) : Optional.empty();
    }

    /** Returns whether operations that are due end with it. */
    default boolean ends(Operation operation) {
        return !operation.state().isFinal() && (this instanceof Succeeded || this instanceof Failed);
    }
}
