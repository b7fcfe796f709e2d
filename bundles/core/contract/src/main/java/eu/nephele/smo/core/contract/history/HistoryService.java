// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.history;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.store.HistoryStore.ActivityCount;
import eu.nephele.smo.core.contract.store.HistoryStore.HistorySpan;
import java.util.List;

/**
 * Tells what was, from decisions, events, operations and revisions. A graph that the caller may not see is {@code NOT_FOUND}; what
 * happened in projects of which the caller may see no graph is not counted.
 */
public interface HistoryService {

    /** Most changes that one answer has. */
    int MOST_CHANGES = 1_000;

    /** Most readings of the load that one answer has beside them. */
    int MOST_READINGS = 500;

    /** Most parts into which a span is divided. */
    int MOST_PARTS = 1_000;

    /**
     * A graph over time.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when the span ends before it begins, or has more changes
     *     than one answer can have
     */
    GraphHistory history(GraphId graph, HistorySpan span, CallContext call);

    /**
     * What happened in the projects that the caller may see, by parts of a span that are of one length; parts in which nothing
     * happened are left out.
     *
     * @param parts 1 to {@link #MOST_PARTS}
     */
    List<ActivityCount> activity(HistorySpan span, int parts, CallContext call);
}
