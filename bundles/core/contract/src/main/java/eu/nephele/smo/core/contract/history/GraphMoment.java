// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a graph.
 *
 * @param at when
 * @param cause what changed it
 * @param after the members of its state that are others since then; what is empty is as it was
 */
public record GraphMoment(Instant at, ChangeCause cause, FormerState after) {

    /** What tells of a change. */
    public enum CauseSource {
        DECISION,
        OPERATION,
        EVENT,
        REVISION,
        /** nothing but the load is known to be another one */
        LOAD
    }

    /**
     * What changed a graph.
     *
     * @param source what tells of it
     * @param id of the decision or operation, number of the revision, sequence of the event; "" for none
     * @param what the reason of a decision, the kind of an operation, the type of an event, what made a revision
     * @param outcome of a decision, state of an operation; "" for none
     * @param service the one it is about
     * @param message for people, or who asked; "" for none
     */
    public record ChangeCause(
            CauseSource source, String id, String what, String outcome, Optional<String> service, String message) {}
}
