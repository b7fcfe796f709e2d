// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers decisions. */
public interface DecisionJournal {

    /** Makes the record of a placement decision; the engine stores it together with the decision itself. */
    DecisionRecord recordOf(PlacementOutcome outcome, long generation);

    /**
     * The last placement of a graph for this reason, or the last attempt; empty when that is long ago, or never was.
     */
    Optional<Instant> lastPlaced(GraphId graph, DecisionReason reason);

    /** Takes note of a placement decision that changes nothing, an infeasible one for example. */
    void record(PlacementOutcome outcome, long generation);

    /**
     * Takes note of scaling decisions. Never blocks on the database: records are written in batches behind the caller's
     * back; none is lost on an orderly end, and the queue is bounded (a full one makes the caller wait).
     */
    void record(List<ScalingOutcome> outcomes, long generation);
}
