// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.proposal.Automation;
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.work.Deadlines;
import java.util.List;

/**
 * The end of a graph: its record goes, and with it everything that this process remembers of it. A graph that is deployed under the
 * same name later is another one.
 */
final class Departure {

    private final Recorder recorder;
    private final Automation automation;
    private final List<Deadlines> deadlines;

    Departure(Recorder recorder, Automation automation, Deadlines... deadlines) {
        this.recorder = recorder;
        this.automation = automation;
        this.deadlines = List.of(deadlines);
    }

    /**
     * Removes a graph.
     *
     * @param left what could not be removed outside, for people; "" when it is gone there
     */
    void removed(GraphRecord record, String left) {
        recorder.delete(record, left);
        forget(record.id());
    }

    /** Nothing is kept of a graph that could not be deployed. */
    void rejected(GraphRecord record, SmoException why, List<EventDraft> news) {
        recorder.reject(record, why, news);
        forget(record.id());
    }

    /** Nothing is remembered of a graph that has gone. */
    void forget(GraphId graph) {
        recorder.forget(graph);
        automation.forget(graph);
        deadlines.forEach(limit -> limit.forget(graph));
    }
}
