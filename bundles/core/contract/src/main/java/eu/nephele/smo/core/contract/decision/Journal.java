// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.List;

/** Remembers decisions. */
public interface Journal {

    /** Makes the record of a placement decision; the engine stores it together with the decision itself. */
    DecisionRecord recordOf(PlacementOutcome outcome, long generation);

    /** Takes note of a placement decision that changes nothing, an infeasible one for example. */
    void note(PlacementOutcome outcome, long generation);

    /**
     * Takes note of scaling decisions. Never blocks on the database: records are written in batches behind the caller's back;
     * none is lost on an orderly end, and the queue is bounded (a full one makes the caller wait).
     */
    void note(List<ScalingOutcome> outcomes, long generation);
}
