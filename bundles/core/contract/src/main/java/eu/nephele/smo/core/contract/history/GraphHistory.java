// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.history;

import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A graph over time.
 *
 * @param span what was asked for
 * @param known how far back it is known
 * @param before the graph when the span begins
 * @param moments each change in it, oldest first
 */
public record GraphHistory(HistorySpan span, Known known, FormerState before, List<GraphMoment> moments) {

    /**
     * How far back knowledge goes: to the beginning of the graph, or to what retention has left. Empty where nothing is known.
     *
     * @param graph when the graph was accepted first; before that there may have been another one of this name
     * @param placement clusters and replicas are known since then
     * @param phase the same of the phase
     * @param revision the same of the number of the descriptor
     */
    public record Known(
            Instant graph, Optional<Instant> placement, Optional<Instant> phase, Optional<Instant> revision) {}

    public GraphHistory {
        moments = List.copyOf(moments);
    }

    /** The graph when the span ends. */
    public FormerState last() {
        FormerState state = before;
        for (GraphMoment moment : moments) {
            state = state.with(moment.after());
        }
        return state;
    }
}
