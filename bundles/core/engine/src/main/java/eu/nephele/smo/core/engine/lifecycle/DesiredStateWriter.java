// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import eu.nephele.smo.core.engine.operation.OperationFailure;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.operation.OperationTracker.TrackedOperation;
import eu.nephele.smo.core.engine.work.AdmissionController;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Stores the desired state of graphs together with the operation that carries it out, its event and its idempotency
 * key, and wakes the reconciler. Of concurrent changes the faster one goes first.
 */
final class DesiredStateWriter {

    /** Limit of retries after concurrent changes of the same graph. */
    private static final int ATTEMPTS = 10;

    record DesiredChange(Kind kind, Desired desired, Optional<Revision> revision) {
        static DesiredChange of(Kind kind, Desired desired) {
            return new DesiredChange(kind, desired, Optional.empty());
        }
    }

    private final GraphRepository graphs;
    private final GraphViewFactory views;
    private final OperationTracker operations;
    private final GraphEventFactory graphEventFactory;
    private final AdmissionController admission;
    private final WorkQueue<GraphId> queue;
    private final Clock clock;

    DesiredStateWriter(
            GraphRepository graphs,
            GraphViewFactory views,
            OperationTracker operations,
            GraphEventFactory graphEventFactory,
            AdmissionController admission,
            WorkQueue<GraphId> queue,
            Clock clock) {
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.graphEventFactory = graphEventFactory;
        this.admission = admission;
        this.queue = queue;
        this.clock = clock;
    }

    /** Empty for a new request; {@code UNPROCESSABLE} when its key belongs to another one. */
    Optional<Change> repeated(RequestOrigin origin) {
        return operations.repeated(origin).map(this::change);
    }

    private Change change(Operation operation) {
        GraphId graph = operation.graph().orElseThrow();
        GraphView view = graphs.find(graph)
                .map(views::create)
                .orElseGet(() -> GraphViewFactory.gone(graph, operation.updatedAt()));
        Optional<TrackedOperation> ticket = operations.ticket(operation.id());
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
                : CompletableFuture.failedFuture(OperationFailure.exception(operation));
        return new Change(view, true, Optional.of(operation), end, end);
    }

    /**
     * @param faster answers when a graph of that name was stored concurrently
     * @throws SmoException {@code UNAVAILABLE} also while too much waits
     */
    Change first(Desired desired, RequestOrigin origin, Function<GraphRecord, Change> faster) {
        admit(Kind.DEPLOY, origin);
        TrackedOperation trackedOperation =
                operations.begin(Kind.DEPLOY, desired.id(), 1, desired.wish().number(), origin);
        GraphRecord record = new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing());
        try {
            graphs.insert(
                    desired,
                    alongside(record, trackedOperation, List.of(), origin).with(revision(desired, "deploy", origin)));
        } catch (SmoException e) {
            operations.discard(trackedOperation);
            Optional<Change> meanwhile = repeated(origin);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Optional<GraphRecord> present = graphs.find(desired.id());
            if (e.kind() == SmoException.Kind.CONFLICT && present.isPresent()) {
                return faster.apply(present.get());
            }
            throw e;
        }
        operations.accepted(trackedOperation);
        return changed(record, trackedOperation);
    }

    boolean isOpen(GraphId graph, Kind kind) {
        return operations.list(graph).stream().anyMatch(operation -> operation.kind() == kind);
    }

    /**
     * The open operation answers; without one the graph is in the desired state already. Graphs that leave are queued
     * in either case.
     */
    Change replay(GraphRecord record) {
        GraphView view = views.create(record);
        if (record.desired().state() == DesiredState.REMOVED) {
            queue.add(record.id(), PriorityLevel.CHANGE);
        }
        List<Operation> open = operations.list(record.id());
        if (open.isEmpty()) {
            return new Change(
                    view,
                    true,
                    operations.last(record.id()),
                    CompletableFuture.completedFuture(view),
                    CompletableFuture.completedFuture(view));
        }
        queue.add(record.id(), PriorityLevel.CHANGE);
        Operation operation = open.get(open.size() - 1);
        return operations
                .ticket(operation.id())
                .map(trackedOperation -> new Change(
                        view,
                        true,
                        Optional.of(trackedOperation.operation()),
                        trackedOperation.decided(),
                        trackedOperation.done()))
                .orElseGet(() -> replay(record));
    }

    /**
     * Changes a graph, and retries after concurrent changes.
     *
     * @throws SmoException of these; {@code CONFLICT} when others are faster again and again; {@code UNAVAILABLE} also
     *     while too much waits
     */
    Change change(
            GraphId graph,
            RequestOrigin origin,
            Function<GraphId, GraphRecord> load,
            Function<GraphRecord, DesiredChange> next) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Change> repeated = repeated(origin);
            if (repeated.isPresent()) {
                return repeated.get();
            }
            GraphRecord record = load.apply(graph);
            DesiredChange desiredChange = next.apply(record);
            admit(desiredChange.kind(), origin);
            Desired desired = desiredChange.desired();
            TrackedOperation trackedOperation = operations.begin(
                    desiredChange.kind(),
                    graph,
                    desired.generation(),
                    desired.wish().number(),
                    origin);
            if (stored(record, desiredChange, trackedOperation, origin)) {
                operations.accepted(trackedOperation);
                return changed(new GraphRecord(desired, record.decided(), record.observed()), trackedOperation);
            }
            operations.discard(trackedOperation);
        }
        throw busy(graph);
    }

    /**
     * Changes a graph without an operation, and retries after concurrent changes.
     *
     * @param next the change of it as it is now; empty when it is so already
     */
    GraphView set(
            GraphId graph,
            RequestOrigin origin,
            Function<GraphId, GraphRecord> load,
            Function<GraphRecord, Optional<Desired>> next,
            String event) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GraphRecord record = load.apply(graph);
            Optional<Desired> wanted = next.apply(record);
            if (wanted.isEmpty()) {
                return views.create(record);
            }
            Desired desired = wanted.get();
            EventDraft told = new EventDraft(
                    event,
                    clock.instant(),
                    Optional.of(ResourceRef.of(graph)),
                    Optional.empty(),
                    desired.generation(),
                    Optional.empty(),
                    origin.correlationId(),
                    origin.traceParent(),
                    JsonObject.EMPTY);
            if (graphs.update(desired, TransactionalWrites.of(List.of(told), List.of()))) {
                queue.add(graph, PriorityLevel.CHANGE);
                return views.create(new GraphRecord(desired, record.decided(), record.observed()));
            }
        }
        throw busy(graph);
    }

    /** Before anything is stored: a rejected change leaves nothing behind. */
    private void admit(Kind kind, RequestOrigin origin) {
        if (kind == Kind.REMOVE || kind == Kind.FORCE_REMOVE) {
            admission.admitRemoval();
        } else {
            admission.admitChange();
            admission.admitAnother(origin.principal(), operations.openOf(origin.principal()));
        }
    }

    private boolean stored(
            GraphRecord record, DesiredChange desiredChange, TrackedOperation trackedOperation, RequestOrigin origin) {
        GraphRecord now = new GraphRecord(desiredChange.desired(), record.decided(), record.observed());
        List<Operation> superseded = operations.superseded(
                operations.list(record.id()).stream()
                        .filter(open ->
                                !open.id().equals(trackedOperation.operation().id()))
                        .filter(open -> desiredChange.kind() != Kind.PLACE || open.kind() == Kind.PLACE)
                        .filter(open -> open.generation() <= record.desired().generation()
                                && open.wish() <= record.desired().wish().number())
                        .toList(),
                trackedOperation.operation());
        TransactionalWrites transactionalWrites = alongside(now, trackedOperation, superseded, origin);
        try {
            boolean taken = graphs.update(
                    desiredChange.desired(),
                    desiredChange.revision().map(transactionalWrites::with).orElse(transactionalWrites));
            if (taken) {
                operations.stored(superseded, Optional::empty, Optional.empty());
            }
            return taken;
        } catch (SmoException e) {
            operations.discard(trackedOperation);
            if (repeated(origin).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    private TransactionalWrites alongside(
            GraphRecord record, TrackedOperation trackedOperation, List<Operation> superseded, RequestOrigin origin) {
        Operation operation = trackedOperation.operation();
        EventDraft accepted = graphEventFactory.create(
                "hdag.accepted",
                record,
                Optional.of(operation),
                Map.of("kind", operation.kind().name().toLowerCase(Locale.ROOT)));
        List<Operation> all = new ArrayList<>(superseded);
        all.add(operation);
        TransactionalWrites transactionalWrites = TransactionalWrites.of(List.of(accepted), all);
        return origin.idempotency()
                .map(key -> transactionalWrites.with(
                        new IdempotencyRecord(key.key(), key.fingerprint(), operation.id(), clock.instant())))
                .orElse(transactionalWrites);
    }

    private Change changed(GraphRecord record, TrackedOperation trackedOperation) {
        GraphView accepted = views.create(record);
        queue.add(record.id(), PriorityLevel.CHANGE);
        return new Change(
                accepted,
                false,
                Optional.of(trackedOperation.operation()),
                trackedOperation.decided(),
                trackedOperation.done());
    }

    Revision revision(Desired desired, String cause, RequestOrigin origin) {
        return new Revision(
                desired.id(),
                desired.declaration().revision(),
                desired.declaration().descriptor(),
                desired.declaration().override(),
                cause,
                origin.principal(),
                clock.instant());
    }

    private static SmoException busy(GraphId graph) {
        return SmoException.conflict("Graph %s is being changed by others; try again".formatted(graph.name()));
    }
}
