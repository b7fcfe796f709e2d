// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.EventDraft;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Keeps which events of conditional services fire. Goes with its graph. */
public interface AlertStore {

    /** The stored states of these graphs. */
    List<AlertState> states(Collection<GraphId> graphs);

    /** Stores states, with their events, in one transaction. States of graphs that are gone are left out. */
    void save(Collection<AlertState> states, List<EventDraft> events);

    /** Deletes the states of a graph: it starts again. */
    void forget(GraphId graph);

    /**
     * One event of one conditional service. Several alerts of one rule may fire at the same time: the event fires while
     * any does.
     *
     * @param fingerprint of the alert
     */
    record AlertState(GraphId graph, String service, String event, String fingerprint, boolean firing, Instant since) {}
}
