// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.event.EventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes in the same transaction as a change of a graph.
 *
 * @param events go into the outbox, in order
 * @param operations replace what is stored under their ids; one that is final in the store is left as it is
 * @param revision a new revision
 * @param idempotency the key of the request; taken already: the whole transaction fails with {@code CONFLICT}
 * @param observed what is seen of the graph from now on, with a decision about it
 */
public record TransactionalWrites(
        List<EventDraft> events,
        List<Operation> operations,
        Optional<Revision> revision,
        Optional<IdempotencyRecord> idempotency,
        Optional<ObservedGraph> observed) {

    public static final TransactionalWrites NOTHING = of(List.of(), List.of());

    public TransactionalWrites {
        events = List.copyOf(events);
        operations = List.copyOf(operations);
    }

    public static TransactionalWrites of(List<EventDraft> events, List<Operation> operations) {
        return new TransactionalWrites(events, operations, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public TransactionalWrites with(Revision newRevision) {
        return new TransactionalWrites(events, operations, Optional.of(newRevision), idempotency, observed);
    }

    public TransactionalWrites with(IdempotencyRecord key) {
        return new TransactionalWrites(events, operations, revision, Optional.of(key), observed);
    }

    public TransactionalWrites with(ObservedGraph seen) {
        return new TransactionalWrites(events, operations, revision, idempotency, Optional.of(seen));
    }

    /** The same with events before those that it has. */
    public TransactionalWrites after(List<EventDraft> first) {
        List<EventDraft> all = new ArrayList<>(first);
        all.addAll(events);
        return new TransactionalWrites(all, operations, revision, idempotency, observed);
    }
}
