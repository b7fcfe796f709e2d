// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.store.row.EventColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import javax.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

/**
 * Writes events inside the transaction of a caller. The rows of their graphs are locked first: the holder of the lock
 * draws a number and commits before the next one draws, so that the numbers of a graph rise in the order of its
 * commits.
 */
final class Outbox {

    private final Transactions transactions;

    Outbox(Transactions transactions) {
        this.transactions = transactions;
    }

    void append(EntityManager entities, List<EventDraft> events) {
        if (events.isEmpty()) {
            return;
        }
        NavigableSet<GraphId> graphs = new TreeSet<>();
        events.forEach(event -> event.graph().ifPresent(graphs::add));
        lock(entities, graphs);
        List<@Nullable Object[]> rows = new ArrayList<>(events.size());
        events.forEach(event -> rows.add(EventColumns.toRow(UUID.randomUUID().toString(), event)));
        new Sql(entities).batch(EventColumns.APPEND, rows);
        transactions.tellAfterCommit(entities);
    }

    /** Locks the rows of graphs in the order in which everybody does. */
    static NavigableSet<GraphId> lock(EntityManager entities, Collection<GraphId> graphs) {
        NavigableSet<GraphId> present = new TreeSet<>(graphs);
        present.removeIf(graph -> GraphLock.take(entities, graph).isEmpty());
        return present;
    }
}
