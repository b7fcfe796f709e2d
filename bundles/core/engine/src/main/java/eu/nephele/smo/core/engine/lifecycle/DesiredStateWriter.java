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
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.graph.Happenings;
import eu.nephele.smo.core.engine.graph.Views;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.operation.Operations.Ticket;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Stores what is wanted of graphs together with the operation that carries it out, its event and its key of repetition, and wakes the
 * reconciler. Whoever was faster has gone first.
 */
final class Changes {

    /** How often a change is tried anew when somebody else changed the same graph at the same time. */
    private static final int ATTEMPTS = 10;

    /** What a change makes of a graph. */
    record Wanted(Kind kind, Desired desired, Optional<Revision> revision) {
        static Wanted of(Kind kind, Desired desired) {
            return new Wanted(kind, desired, Optional.empty());
        }
    }

    private final Graphs graphs;
    private final Views views;
    private final Operations operations;
    private final Happenings happenings;
    private final AdmissionControl admission;
    private final WorkQueue<GraphId> queue;
    private final Clock clock;

    Changes(
            Graphs graphs,
            Views views,
            Operations operations,
            Happenings happenings,
            AdmissionControl admission,
            WorkQueue<GraphId> queue,
            Clock clock) {
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.happenings = happenings;
        this.admission = admission;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * The change that the request made when it came first; empty when it is new.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request
     */
    Optional<Change> repeated(RequestOrigin origin) {
        return operations.repeated(origin).map(this::change);
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

    /**
     * Stores a graph that was not there.
     *
     * @param faster answers when somebody else stored one of that name meanwhile
     * @throws SmoException {@code UNAVAILABLE} also while too much waits
     */
    Change first(Desired desired, RequestOrigin origin, Function<GraphRecord, Change> faster) {
        admit(Kind.DEPLOY);
        Ticket ticket =
                operations.begin(Kind.DEPLOY, desired.id(), 1, desired.wish().number(), origin);
        GraphRecord record = new GraphRecord(desired, Optional.empty(), Observed.nothing());
        try {
            graphs.insert(
                    desired, alongside(record, ticket, List.of(), origin).with(revision(desired, "deploy", origin)));
        } catch (SmoException e) {
            operations.discard(ticket);
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
        operations.accepted(ticket);
        return changed(record, ticket);
    }

    /** Whether an operation of that kind is open. */
    boolean isOpen(GraphId graph, Kind kind) {
        return operations.of(graph).stream().anyMatch(operation -> operation.kind() == kind);
    }

    /** The operation that is open answers; else the world is as wanted already. What leaves is looked at in either case. */
    Change replay(GraphRecord record) {
        GraphView view = views.of(record);
        if (record.desired().state() == DesiredState.REMOVED) {
            queue.add(record.id(), Lane.CHANGE);
        }
        List<Operation> open = operations.of(record.id());
        if (open.isEmpty()) {
            return new Change(
                    view,
                    true,
                    operations.last(record.id()),
                    CompletableFuture.completedFuture(view),
                    CompletableFuture.completedFuture(view));
        }
        queue.add(record.id(), Lane.CHANGE);
        Operation operation = open.get(open.size() - 1);
        return operations
                .ticket(operation.id())
                .map(ticket -> new Change(view, true, Optional.of(ticket.operation()), ticket.decided(), ticket.done()))
                .orElseGet(() -> replay(record));
    }

    /**
     * Makes a change of a graph, anew where somebody else was faster.
     *
     * @param load finds the graph
     * @param next what the change makes of it as it is now
     * @throws SmoException what these throw; {@code CONFLICT} when others are faster again and again; {@code UNAVAILABLE} also while too
     *     much waits
     */
    Change change(
            GraphId graph,
            RequestOrigin origin,
            Function<GraphId, GraphRecord> load,
            Function<GraphRecord, Wanted> next) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Change> repeated = repeated(origin);
            if (repeated.isPresent()) {
                return repeated.get();
            }
            GraphRecord record = load.apply(graph);
            Wanted wanted = next.apply(record);
            admit(wanted.kind());
            Desired desired = wanted.desired();
            Ticket ticket = operations.begin(
                    wanted.kind(), graph, desired.generation(), desired.wish().number(), origin);
            if (stored(record, wanted, ticket, origin)) {
                operations.accepted(ticket);
                return changed(new GraphRecord(desired, record.decided(), record.observed()), ticket);
            }
            operations.discard(ticket);
        }
        throw busy(graph);
    }

    /**
     * Makes a change of a graph that no operation carries out, anew where somebody else was faster.
     *
     * @param load finds the graph
     * @param next what the change makes of it as it is now; empty when it is so already
     * @param event what there is to tell
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
                return views.of(record);
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
                    JsonObject.EMPTY);
            if (graphs.update(desired, Alongside.of(List.of(told), List.of()))) {
                queue.add(graph, Lane.CHANGE);
                return views.of(new GraphRecord(desired, record.decided(), record.observed()));
            }
        }
        throw busy(graph);
    }

    /** Before anything is stored: what is refused has left nothing behind. */
    private void admit(Kind kind) {
        if (kind == Kind.REMOVE || kind == Kind.FORCE_REMOVE) {
            admission.admitRemoval();
        } else {
            admission.admitChange();
        }
    }

    private boolean stored(GraphRecord record, Wanted wanted, Ticket ticket, RequestOrigin origin) {
        GraphRecord now = new GraphRecord(wanted.desired(), record.decided(), record.observed());
        List<Operation> superseded = operations.superseded(
                operations.of(record.id()).stream()
                        .filter(open -> !open.id().equals(ticket.operation().id()))
                        .filter(open -> wanted.kind() != Kind.PLACE || open.kind() == Kind.PLACE)
                        .filter(open -> open.generation() <= record.desired().generation()
                                && open.wish() <= record.desired().wish().number())
                        .toList(),
                ticket.operation());
        Alongside alongside = alongside(now, ticket, superseded, origin);
        try {
            boolean taken = graphs.update(
                    wanted.desired(), wanted.revision().map(alongside::with).orElse(alongside));
            if (taken) {
                operations.stored(superseded, Optional::empty, Optional.empty());
            }
            return taken;
        } catch (SmoException e) {
            operations.discard(ticket);
            if (repeated(origin).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    private Alongside alongside(GraphRecord record, Ticket ticket, List<Operation> superseded, RequestOrigin origin) {
        Operation operation = ticket.operation();
        EventDraft accepted = happenings.of(
                "hdag.accepted",
                record,
                Optional.of(operation),
                Map.of("kind", operation.kind().name().toLowerCase(Locale.ROOT)));
        List<Operation> all = new ArrayList<>(superseded);
        all.add(operation);
        Alongside alongside = Alongside.of(List.of(accepted), all);
        return origin.idempotency()
                .map(key -> alongside.with(
                        new IdempotencyRecord(key.key(), key.fingerprint(), operation.id(), clock.instant())))
                .orElse(alongside);
    }

    private Change changed(GraphRecord record, Ticket ticket) {
        GraphView accepted = views.of(record);
        queue.add(record.id(), Lane.CHANGE);
        return new Change(accepted, false, Optional.of(ticket.operation()), ticket.decided(), ticket.done());
    }

    /** The descriptor that is wanted, to be kept. */
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
