// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.IntentReview;
import eu.nephele.smo.core.engine.status.GraphRecordRemoval;
import eu.nephele.smo.core.engine.status.ReservationTracker;
import eu.nephele.smo.core.engine.work.ProgressDeadlines;
import java.util.List;

/**
 * The end of a graph: its record is deleted, and with it everything that this process remembers of it. A graph that is
 * deployed under the same name later is another one.
 */
final class GraphFinalizer {

    private final GraphRecordRemoval graphRecordRemoval;
    private final ReservationTracker reservationTracker;
    private final AutomaticPlacement automation;
    private final IntentReview review;
    private final AlertStore alerts;
    private final List<ProgressDeadlines> deadlines;

    GraphFinalizer(
            GraphRecordRemoval graphRecordRemoval,
            ReservationTracker reservationTracker,
            AutomaticPlacement automation,
            IntentReview review,
            AlertStore alerts,
            ProgressDeadlines... deadlines) {
        this.graphRecordRemoval = graphRecordRemoval;
        this.reservationTracker = reservationTracker;
        this.automation = automation;
        this.review = review;
        this.alerts = alerts;
        this.deadlines = List.of(deadlines);
    }

    /** @param left left-overs outside, for people; "" without any */
    void removed(GraphRecord record, String left) {
        graphRecordRemoval.delete(record, left);
        forget(record.id());
        reservationTracker.freed();
    }

    /** A stopped graph stays declared: it holds nothing, and its former load does not matter for its next start. */
    void rests(GraphId graph) {
        reservationTracker.release(graph);
        alerts.forget(graph);
        automation.forget(graph);
        review.forget(graph);
    }

    void rejected(GraphRecord record, SmoException why, List<EventDraft> news) {
        graphRecordRemoval.reject(record, why, news);
        forget(record.id());
    }

    void forget(GraphId graph) {
        graphRecordRemoval.forget(graph);
        automation.forget(graph);
        review.forget(graph);
        deadlines.forEach(limit -> limit.forget(graph));
    }
}
