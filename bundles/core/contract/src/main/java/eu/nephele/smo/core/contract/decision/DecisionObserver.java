// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.scaling.ScalingRequest;
import java.util.List;

/** Receives every live decision right after it was made. Quick, never blocking: the decision waits for it. */
public interface DecisionObserver {

    /** A placement was decided; the request carries the graph, the outcome everything else. */
    void placed(PlacementOutcome outcome);

    /** Replicas of targets that shared one call were decided. */
    void scaled(ScalingCall call);

    /**
     * One call of a scaling strategy.
     *
     * @param request all targets that were decided together
     * @param outcomes one per target, in order
     */
    record ScalingCall(ScalingRequest request, long seed, List<ScalingOutcome> outcomes) {

        public ScalingCall {
            outcomes = List.copyOf(outcomes);
        }
    }
}
