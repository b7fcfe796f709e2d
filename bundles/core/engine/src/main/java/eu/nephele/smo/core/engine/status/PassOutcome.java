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
     * It goes on; those who wait go on waiting.
     *
     * @param waitsFor what keeps it for now, to be shown; empty when nothing does
     * @param message what is waited for, for people; "" when there is nothing new to say
     */
    record InProgress(Optional<SmoException> waitsFor, String message) implements PassOutcome {

        /** Nothing keeps it, and there is nothing new to say. */
        public InProgress() {
            this(Optional.empty(), "");
        }
    }

    /** It begins; these are the steps. */
    record NotStarted(List<PlanStep> steps) implements PassOutcome {}

    /**
     * The world is as wanted.
     *
     * @param message what could not be seen, for people; "" when everything could
     */
    record Succeeded(String message) implements PassOutcome {

        /** Everything was seen. */
        public Succeeded() {
            this("");
        }
    }

    /** Something keeps it; it is tried again, and those who wait are told. */
    record HeldUp(SmoException why) implements PassOutcome {}

    /**
     * It failed, and what was done is being undone.
     *
     * @param message what is waited for, for people
     */
    record RollingBack(Fault why, String message) implements PassOutcome {}

    /** It failed for good. */
    record Failed(SmoException why) implements PassOutcome {}

    /** Why those who wait wait in vain. */
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
