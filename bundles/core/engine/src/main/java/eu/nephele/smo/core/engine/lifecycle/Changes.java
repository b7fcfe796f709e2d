// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.Operation.Kind;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.graph.Happenings;
import eu.nephele.smo.core.engine.graph.Views;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.operation.Operations.Ticket;
import eu.nephele.smo.core.engine.operation.Repeats;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Stores what is wanted of graphs together with the operation that carries it out, its event and its key of repetition, and wakes the
 * reconciler. Whoever was faster has gone first.
 */
final class Changes {

    /** How often a change is tried anew when somebody else changed the same graph at the same time. */
    static final int ATTEMPTS = 10;

    /** What a change makes of a graph. */
    record Wanted(Kind kind, Desired desired, Optional<Revision> revision) {
        static Wanted of(Kind kind, Desired desired) {
            return new Wanted(kind, desired, Optional.empty());
        }
    }

    private final GraphStore store;
    private final Graphs graphs;
    private final Views views;
    private final Operations operations;
    private final Repeats repeats;
    private final Happenings happenings;
    private final AdmissionControl admission;
    private final Consumer<GraphId> wake;
    private final Clock clock;

    Changes(
            GraphStore store,
            Graphs graphs,
            Views views,
            Operations operations,
            Repeats repeats,
            Happenings happenings,
            AdmissionControl admission,
            Consumer<GraphId> wake,
            Clock clock) {
        this.store = store;
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.repeats = repeats;
        this.happenings = happenings;
        this.admission = admission;
        this.wake = wake;
        this.clock = clock;
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
            store.insert(
                    desired, alongside(record, ticket, List.of(), origin).with(revision(desired, "deploy", origin)));
        } catch (SmoException e) {
            operations.discard(ticket);
            Optional<Change> meanwhile = repeats.of(origin);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            Optional<GraphRecord> present = store.find(desired.id());
            if (e.kind() == SmoException.Kind.CONFLICT && present.isPresent()) {
                return faster.apply(present.get());
            }
            throw e;
        }
        operations.accepted(ticket);
        return changed(record, ticket);
    }

    /** The operation that is open answers; else the world is as wanted already. */
    Change replay(GraphRecord record) {
        GraphView view = views.of(record);
        List<Operation> open = operations.of(record.id());
        if (open.isEmpty()) {
            return new Change(
                    view,
                    true,
                    repeats.last(record.id()),
                    CompletableFuture.completedFuture(view),
                    CompletableFuture.completedFuture(view));
        }
        wake.accept(record.id());
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
            Optional<Change> repeated = repeats.of(origin);
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
                graphs.forget(graph);
                return changed(new GraphRecord(desired, record.decided(), record.observed()), ticket);
            }
            operations.discard(ticket);
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
            boolean taken = store.update(
                    wanted.desired(), wanted.revision().map(alongside::with).orElse(alongside));
            if (taken) {
                operations.stored(superseded, Optional::empty, Optional.empty());
            }
            return taken;
        } catch (SmoException e) {
            operations.discard(ticket);
            if (repeats.of(origin).isPresent()) {
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
        wake.accept(record.id());
        return new Change(accepted, false, Optional.of(ticket.operation()), ticket.decided(), ticket.done());
    }

    /** The descriptor that is wanted, to be kept. */
    Revision revision(Desired desired, String cause, RequestOrigin origin) {
        return new Revision(
                desired.id(),
                desired.descriptorRevision(),
                desired.descriptor(),
                desired.override(),
                cause,
                origin.principal(),
                clock.instant());
    }

    static SmoException busy(GraphId graph) {
        return SmoException.conflict("Graph %s is being changed by others; try again".formatted(graph.name()));
    }
}
