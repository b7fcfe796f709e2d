// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.Operation.Kind;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Declarations.Pinned;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes what users want, stores it together with the operation that carries it out, and wakes the reconciler. Nothing here acts on
 * the outside.
 */
final class Lifecycle implements GraphService {

    /** How often a change is tried anew when somebody else changed the same graph at the same time. */
    private static final int ATTEMPTS = 10;

    /** What a change makes of a graph. */
    private record Wanted(Kind kind, Desired desired, Optional<Revision> revision) {
        static Wanted of(Kind kind, Desired desired) {
            return new Wanted(kind, desired, Optional.empty());
        }
    }

    private final GraphStore store;
    private final RevisionStore revisions;
    private final DescriptorReader reader;
    private final Views views;
    private final Graphs graphs;
    private final ClusterBoard board;
    private final Operations operations;
    private final Repeats repeats;
    private final Happenings happenings;
    private final Declarations declarations;
    private final Removals removals;
    private final ArtifactTypes artifactTypes;
    private final Consumer<GraphId> wake;
    private final Clock clock;

    Lifecycle(
            GraphStore store,
            RevisionStore revisions,
            DescriptorReader reader,
            Views views,
            Graphs graphs,
            ClusterBoard board,
            Operations operations,
            Repeats repeats,
            Happenings happenings,
            Declarations declarations,
            Removals removals,
            ArtifactTypes artifactTypes,
            Consumer<GraphId> wake,
            Clock clock) {
        this.store = store;
        this.revisions = revisions;
        this.reader = reader;
        this.views = views;
        this.graphs = graphs;
        this.board = board;
        this.operations = operations;
        this.repeats = repeats;
        this.happenings = happenings;
        this.declarations = declarations;
        this.removals = removals;
        this.artifactTypes = artifactTypes;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public Change deploy(DeployRequest request, RequestOrigin origin) {
        return deploy(request, origin, Pinned.NOTHING);
    }

    Change deploy(DeployRequest request, RequestOrigin origin, Pinned pinned) {
        Optional<Change> repeated = repeats.of(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Graph graph = request.graph();
        artifactTypes.check(graph);
        removals.await(graph);
        Optional<GraphRecord> existing = store.find(graph.id());
        if (existing.isPresent()) {
            return again(existing.get(), graph, origin);
        }
        Desired desired = declarations.first(request, pinned);
        Ticket ticket =
                operations.begin(Kind.DEPLOY, graph.id(), 1, desired.wish().number(), origin);
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
            Optional<GraphRecord> faster = store.find(graph.id());
            if (e.kind() == SmoException.Kind.CONFLICT && faster.isPresent()) {
                return again(faster.get(), graph, origin);
            }
            throw e;
        }
        operations.accepted(ticket);
        return changed(record, ticket);
    }

    @Override
    public Change update(DeployRequest request, RequestOrigin origin) {
        return update(request, origin, "update", Kind.UPDATE, Pinned.NOTHING);
    }

    Change update(DeployRequest request, RequestOrigin origin, Pinned pinned) {
        return update(request, origin, "update", Kind.UPDATE, pinned);
    }

    private Change update(DeployRequest request, RequestOrigin origin, String cause, Kind kind, Pinned pinned) {
        GraphId id = request.graph().id();
        artifactTypes.check(request.graph());
        Optional<GraphRecord> present = store.find(id).filter(Lifecycle::isVisible);
        if (repeats.of(origin).isEmpty() && present.isPresent()) {
            GraphRecord record = present.get();
            boolean same = isSame(record, request.graph())
                    && record.desired().override().equals(request.override());
            if (same && record.observed().phase() != GraphPhase.FAILED && pinned.isMetBy(record.decided())) {
                return replay(record);
            }
            removals.awaitServices(request.graph());
        }
        return change(id, origin, record -> {
            long number = revisions.list(id).stream()
                            .mapToLong(Revision::number)
                            .max()
                            .orElse(record.desired().descriptorRevision())
                    + 1;
            boolean hasRun = record.observed().goodRevision() > 0;
            Pinned kept = hasRun ? pinned : pinned.adopting(record.desired());
            Desired desired =
                    declarations.updated(record.desired(), graphs.of(record.desired()), request, number, kept);
            return new Wanted(kind, desired, Optional.of(revision(desired, cause, origin)));
        });
    }

    @Override
    public Change rollback(GraphId graph, long number, RequestOrigin origin) {
        Revision revision = revisions
                .find(graph, number)
                .orElseThrow(() -> SmoException.notFound(
                        "Graph %s has no revision %d, or it is not kept any more".formatted(graph.name(), number)));
        Graph former = reader.restore(graph.project(), revision.descriptor());
        DeployRequest request = new DeployRequest(former, revision.override(), true, List.of());
        return update(request, origin, "rollback to " + number, Kind.ROLLBACK, Pinned.NOTHING);
    }

    @Override
    public Change start(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already running".formatted(graph.name()));
            }
            return Wanted.of(Kind.START, declarations.withState(record.desired(), DesiredState.RUNNING));
        });
    }

    @Override
    public Change stop(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() == DesiredState.STOPPED) {
                throw SmoException.conflict("Graph %s is already stopped".formatted(graph.name()));
            }
            return Wanted.of(Kind.STOP, declarations.withState(record.desired(), DesiredState.STOPPED));
        });
    }

    @Override
    public Change remove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = repeats.of(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> leaving =
                store.find(graph).filter(record -> record.desired().state() == DesiredState.REMOVED);
        if (leaving.isPresent()) {
            wake.accept(graph);
            return replay(leaving.get());
        }
        return change(
                graph,
                origin,
                record -> Wanted.of(Kind.REMOVE, declarations.withState(record.desired(), DesiredState.REMOVED)));
    }

    @Override
    public Change forceRemove(GraphId graph, RequestOrigin origin) {
        Optional<Change> repeated = repeats.of(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Optional<GraphRecord> record = store.find(graph);
        boolean forced = operations.of(graph).stream().anyMatch(operation -> operation.kind() == Kind.FORCE_REMOVE);
        if (record.isPresent() && forced) {
            return replay(record.get());
        }
        return change(
                graph,
                origin,
                this::stored,
                now -> Wanted.of(Kind.FORCE_REMOVE, declarations.withState(now.desired(), DesiredState.REMOVED)));
    }

    @Override
    public Change place(GraphId graph, PlaceRequest request, RequestOrigin origin) {
        return place(graph, request, origin, Pinned.NOTHING);
    }

    Change place(GraphId graph, PlaceRequest request, RequestOrigin origin, Pinned pinned) {
        return change(graph, origin, record -> {
            PlaceRules.check(graphs.of(record.desired()), record, request, board);
            return Wanted.of(Kind.PLACE, declarations.placed(record.desired(), request, pinned));
        });
    }

    @Override
    public Change repair(GraphId graph, RequestOrigin origin) {
        return change(graph, origin, record -> {
            if (record.desired().state() != DesiredState.RUNNING) {
                throw SmoException.conflict("Graph %s is not running; start it first".formatted(graph.name()));
            }
            return Wanted.of(Kind.REPAIR, declarations.repaired(record.desired()));
        });
    }

    @Override
    public GraphView pause(GraphId graph, boolean paused, RequestOrigin origin) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            GraphRecord record = present(graph);
            if (record.desired().paused() == paused) {
                return views.of(record);
            }
            Desired desired = declarations.paused(record.desired(), paused);
            EventDraft event = new EventDraft(
                    paused ? "hdag.paused" : "hdag.resumed",
                    clock.instant(),
                    Optional.of(graph),
                    Optional.empty(),
                    desired.generation(),
                    Optional.empty(),
                    origin.correlationId(),
                    JsonObject.EMPTY);
            if (store.update(desired, Alongside.of(List.of(event), List.of()))) {
                wake.accept(graph);
                return views.of(new GraphRecord(desired, record.decided(), record.observed()));
            }
        }
        throw busy(graph);
    }

    @Override
    public List<Revision> revisions(GraphId graph) {
        present(graph);
        return revisions.list(graph);
    }

    @Override
    public Optional<GraphView> find(GraphId graph) {
        return store.find(graph).filter(Lifecycle::isVisible).map(views::of);
    }

    @Override
    public List<GraphView> findByName(String name) {
        return store.findByName(name).stream()
                .filter(Lifecycle::isVisible)
                .map(views::of)
                .toList();
    }

    @Override
    public List<GraphView> list(String project) {
        return store.list(project).stream()
                .filter(Lifecycle::isVisible)
                .map(views::of)
                .toList();
    }

    @Override
    public List<GraphView> list() {
        return store.list().stream().filter(Lifecycle::isVisible).map(views::of).toList();
    }

    @Override
    public List<String> names(String project) {
        return store.summaries(project).stream()
                .filter(summary -> summary.state() != DesiredState.REMOVED)
                .map(summary -> summary.id().name())
                .toList();
    }

    @Override
    public SortedMap<String, Long> projects() {
        return store.summaries().stream()
                .filter(summary -> summary.state() != DesiredState.REMOVED)
                .collect(Collectors.groupingBy(summary -> summary.id().project(), TreeMap::new, Collectors.counting()));
    }

    /** What is being removed is gone for everybody but the reconciler. */
    static boolean isVisible(GraphRecord record) {
        return record.desired().state() != DesiredState.REMOVED;
    }

    static boolean isSame(GraphRecord record, Graph graph) {
        return record.desired()
                .descriptor()
                .canonical()
                .equals(graph.descriptor().canonical());
    }

    /** The same name again: what is there already is answered as it was; what failed is tried anew. */
    private Change again(GraphRecord record, Graph graph, RequestOrigin origin) {
        if (!isSame(record, graph)) {
            throw SmoException.conflict(
                    "Graph with name %s already exists in project %s with another descriptor; update it with PUT /api/v1/projects/%s/graphs/%s or choose another name"
                            .formatted(
                                    graph.id().name(),
                                    graph.id().project(),
                                    graph.id().project(),
                                    graph.id().name()));
        }
        if (record.desired().state() == DesiredState.STOPPED) {
            throw SmoException.conflict("Graph with name %s already exists and is stopped; start it"
                    .formatted(graph.id().name()));
        }
        if (record.observed().phase() == GraphPhase.FAILED) {
            return change(graph.id(), origin, now -> Wanted.of(Kind.DEPLOY, declarations.again(now.desired())));
        }
        return replay(record);
    }

    /** The operation that is open answers; else the world is as wanted already. */
    private Change replay(GraphRecord record) {
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

    private Change change(GraphId graph, RequestOrigin origin, Function<GraphRecord, Wanted> next) {
        return change(graph, origin, this::present, next);
    }

    private Change change(
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

    private Revision revision(Desired desired, String cause, RequestOrigin origin) {
        return new Revision(
                desired.id(),
                desired.descriptorRevision(),
                desired.descriptor(),
                desired.override(),
                cause,
                origin.principal(),
                clock.instant());
    }

    private GraphRecord present(GraphId graph) {
        return store.find(graph).filter(Lifecycle::isVisible).orElseThrow(() -> missing(graph));
    }

    /** Also one that is being removed. */
    private GraphRecord stored(GraphId graph) {
        return store.find(graph).orElseThrow(() -> missing(graph));
    }

    private static SmoException missing(GraphId graph) {
        return SmoException.notFound("Graph %s not found in project %s".formatted(graph.name(), graph.project()));
    }

    private static SmoException busy(GraphId graph) {
        return SmoException.conflict("Graph %s is being changed by others; try again".formatted(graph.name()));
    }
}
