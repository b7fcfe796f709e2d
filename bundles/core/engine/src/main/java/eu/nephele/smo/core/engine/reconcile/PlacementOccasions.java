// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.IntentReview;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import java.util.Optional;
import java.util.Set;

/**
 * Why a running graph is placed anew without anybody asking: what happened to it, or that an intent is not kept any more.
 *
 * @param automation what happened to it
 * @param review what became of its intents
 */
record PlacementOccasions(AutomaticPlacement automation, IntentReview review) {

    Optional<PlacementDemand> next(GraphRecord record, Graph graph) {
        review.saw(record, graph);
        return automation.wanted(record, graph).or(() -> review.wanted(record, graph));
    }

    void placed(GraphRecord record) {
        review.placed(record.id());
    }

    /** The clusters of its placement that are lost. */
    Set<ClusterId> lost(GraphRecord record) {
        return automation.lost(record);
    }
}
