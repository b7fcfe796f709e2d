// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.engine.graph.Views;
import eu.nephele.smo.core.engine.operation.Operations.Ticket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Requests that come again under the key of an earlier one: they are answered with its operation. */
public final class Repeats {

    private final OperationStore store;
    private final GraphStore graphs;
    private final Operations operations;
    private final Views views;

    Repeats(OperationStore store, GraphStore graphs, Operations operations, Views views) {
        this.store = store;
        this.graphs = graphs;
        this.operations = operations;
        this.views = views;
    }

    /**
     * The change that the request made when it came first; empty when it is new.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request
     */
    public Optional<Change> of(RequestOrigin origin) {
        return operation(origin).map(this::change);
    }

    /**
     * The operation that the request made when it came first; empty when it is new.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request
     */
    public Optional<Operation> operation(RequestOrigin origin) {
        return origin.idempotency().flatMap(key -> store.findKey(key.key()).map(known -> {
            if (!known.fingerprint().equals(key.fingerprint())) {
                throw SmoException.of(
                        SmoException.Kind.UNPROCESSABLE,
                        "smo",
                        "The idempotency key %s belongs to another request (operation %s); use a new key"
                                .formatted(key.key(), known.operation()),
                        Optional.empty());
            }
            return kept(known);
        }));
    }

    /** The newest operation of a graph. */
    public Optional<Operation> last(GraphId graph) {
        return store.list(new OperationStore.Query(Optional.of(graph), Optional.empty(), false, 1)).stream()
                .findFirst();
    }

    private Operation kept(IdempotencyRecord known) {
        return store.find(known.operation())
                .orElseThrow(() -> SmoException.conflict(
                        "The request was accepted before as operation %s, which is not kept any more"
                                .formatted(known.operation())));
    }

    private Change change(Operation operation) {
        GraphId graph = operation.graph().orElseThrow();
        GraphView view = graphs.find(graph).map(views::of).orElseGet(() -> Views.gone(graph, operation.updatedAt()));
        Optional<Ticket> ticket = operations.ticket(operation.id());
        if (ticket.isPresent()) {
            return new Change(
                    view,
                    true,
                    Optional.of(operation),
                    ticket.get().decided(),
                    ticket.get().done());
        }
        CompletableFuture<GraphView> end = operation.state() == Operation.State.SUCCEEDED
                ? CompletableFuture.completedFuture(view)
                : CompletableFuture.failedFuture(Operations.failure(operation));
        return new Change(view, true, Optional.of(operation), end, end);
    }
}
