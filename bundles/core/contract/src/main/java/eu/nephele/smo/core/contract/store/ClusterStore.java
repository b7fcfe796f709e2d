// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.core.contract.event.EventDraft;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps what is known of clusters over restarts: what operators said about them, and whether they were there. */
public interface ClusterStore {

    /** In name order. */
    List<ClusterNote> list();

    /** Stores notes, with the events of the change, in one transaction. */
    void save(Collection<ClusterNote> notes, List<EventDraft> events);

    /** Forgets a cluster that left. */
    void delete(ClusterId cluster, List<EventDraft> events);

    /**
     * @param ready whether it was ready when seen last
     * @param since when that changed last
     * @param cordoned whether nothing new goes there
     * @param draining whether it is being emptied
     * @param reason given by the operator, "" for none
     * @param operation the drain that runs
     * @param directedAt when the operator said so
     */
    record ClusterNote(
            ClusterId cluster,
            boolean ready,
            Instant since,
            boolean cordoned,
            boolean draining,
            String reason,
            Optional<String> operation,
            Instant directedAt) {}
}
