// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.Operation.Kind;
import eu.nephele.smo.api.graph.Operation.State;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.graph.PlanStep.Action;
import eu.nephele.smo.api.graph.RequestOrigin;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.engine.graph.Census;
import eu.nephele.smo.core.engine.graph.Dashboards;
import eu.nephele.smo.core.engine.graph.Happenings;
import eu.nephele.smo.core.engine.operation.OperationEdits;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.operation.Operations.Ticket;
import eu.nephele.smo.core.engine.operation.Repeats;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators say about clusters, what became of drains, and the coming and going of clusters, all stored. */
public final class ClusterDesk implements ClusterService {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterDesk.class);

    private final ClusterStore store;
    private final GraphStore graphs;
    private final OperationStore operationStore;
    private final Operations operations;
    private final Repeats repeats;
    private final ClusterBoard board;
    private final Census census;
    private final Happenings happenings;
    private final Dashboards dashboards;
    private final AdmissionControl admission;
    private final Consumer<GraphId> wake;
    private final Clock clock;
    private final Map<ClusterId, ClusterNote> notes = new TreeMap<>();

    ClusterDesk(
            ClusterStore store,
            GraphStore graphs,
            OperationStore operationStore,
            Operations operations,
            Repeats repeats,
            ClusterBoard board,
            Census census,
            Happenings happenings,
            Dashboards dashboards,
            AdmissionControl admission,
            Consumer<GraphId> wake,
            Clock clock) {
        this.store = store;
        this.graphs = graphs;
        this.operationStore = operationStore;
        this.operations = operations;
        this.repeats = repeats;
        this.board = board;
        this.census = census;
        this.happenings = happenings;
        this.dashboards = dashboards;
        this.admission = admission;
        this.wake = wake;
        this.clock = clock;
    }

    /** Goes on with what a former process knew. */
    public synchronized void load() {
        store.list().forEach(note -> {
            notes.put(note.cluster(), note);
            board.direct(note);
            board.expect(note.cluster().source());
            if (!note.ready()) {
                board.rememberAway(note.cluster(), note.since());
            }
        });
    }

    @Override
    public Optional<URI> dashboard(ClusterId cluster) {
        return dashboards.of(cluster);
    }

    @Override
    public synchronized Directive cordon(ClusterId cluster, String reason, RequestOrigin origin) {
        ClusterNote last = known(cluster);
        if (last.cordoned()) {
            return directive(last);
        }
        ClusterNote note = directed(last, true, false, reason, Optional.empty());
        keep(note, List.of(event("cluster.cordoned", note, Map.of("reason", reason), origin)));
        return directive(note);
    }

    @Override
    public synchronized Directive uncordon(ClusterId cluster, RequestOrigin origin) {
        ClusterNote last = known(cluster);
        if (!last.cordoned() && !last.draining()) {
            return directive(last);
        }
        ClusterNote note = directed(last, false, false, "", Optional.empty());
        keep(note, List.of(event("cluster.uncordoned", note, Map.of(), origin)));
        last.operation()
                .flatMap(operations::ticket)
                .ifPresent(ticket -> end(ticket.operation(), State.CANCELLED, "The cluster was uncordoned"));
        census.takeWaiting().forEach(wake);
        return directive(note);
    }

    @Override
    public synchronized Operation drain(ClusterId cluster, String reason, RequestOrigin origin) {
        Optional<Operation> repeated = repeats.operation(origin);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        ClusterNote last = known(cluster);
        Optional<Ticket> running = last.operation().flatMap(operations::ticket);
        if (last.draining() && running.isPresent()) {
            return running.get().operation();
        }
        admission.admitChange();
        Ticket ticket = operations.begin(Kind.DRAIN, cluster, origin);
        List<PlanStep> steps = board.on(cluster).stream()
                .map(graph -> new PlanStep(
                        Action.EVACUATE, graph.toString(), List.of(), List.of(), true, "leave " + cluster.name()))
                .toList();
        Operation operation = OperationEdits.running(ticket.operation(), steps, clock.instant());
        accept(ticket, operation, origin);
        ClusterNote note = directed(last, true, true, reason, Optional.of(operation.id()));
        List<EventDraft> events = last.cordoned()
                ? List.of()
                : List.of(event("cluster.cordoned", note, Map.of("reason", reason), origin));
        keep(note, events);
        board.on(cluster).forEach(wake);
        return operation;
    }

    private void accept(Ticket ticket, Operation operation, RequestOrigin origin) {
        try {
            origin.idempotency()
                    .ifPresentOrElse(
                            key -> operationStore.accept(
                                    operation,
                                    new IdempotencyRecord(
                                            key.key(), key.fingerprint(), operation.id(), clock.instant())),
                            () -> operationStore.save(List.of(operation)));
        } catch (SmoException e) {
            operations.discard(ticket);
            throw e;
        }
        operations.stored(List.of(operation), Optional::empty, Optional.empty());
        operations.accepted(ticket);
    }

    @Override
    public synchronized List<Directive> directives() {
        return notes.values().stream()
                .filter(note -> note.cordoned() || note.draining())
                .map(ClusterDesk::directive)
                .toList();
    }

    /** A drain ends before everything has left; the cluster stays cordoned. */
    public synchronized Operation cancel(Operation drain) {
        ClusterId cluster = drain.cluster().orElseThrow();
        ClusterNote last = known(cluster);
        keep(directed(last, true, false, last.reason(), Optional.empty()), List.of());
        return end(drain, State.CANCELLED, "Cancelled; the cluster stays cordoned");
    }

    /** Brings open drains up to date with what still is on their clusters. */
    public synchronized void followDrains() {
        for (Operation drain : operations.drains()) {
            ClusterId cluster = drain.cluster().orElseThrow();
            List<GraphId> left = board.on(cluster);
            if (left.isEmpty()) {
                ClusterNote note = known(cluster);
                keep(
                        directed(note, true, false, note.reason(), Optional.empty()),
                        List.of(event("cluster.drained", note, Map.of(), drain.origin())));
                end(drain, State.SUCCEEDED, "The cluster is empty and cordoned");
            } else {
                follow(drain, left);
            }
        }
    }

    /** Why a graph does not leave, "" when it is about to. */
    private String obstacle(GraphId graph) {
        boolean paused =
                graphs.find(graph).filter(record -> record.desired().paused()).isPresent();
        return paused
                ? "The automation of %s is paused; resume it, or move the graph".formatted(graph)
                : census.refusal(graph);
    }

    private void follow(Operation drain, List<GraphId> left) {
        List<Operation.Step> steps = new ArrayList<>();
        for (Operation.Step step : drain.steps()) {
            Optional<GraphId> graph = left.stream()
                    .filter(id -> id.toString().equals(step.subject()))
                    .findFirst();
            steps.add(new Operation.Step(
                    step.action(),
                    step.subject(),
                    step.detail(),
                    graph.isPresent() ? Operation.StepState.RUNNING : Operation.StepState.DONE,
                    graph.map(this::obstacle).orElse("")));
        }
        Operation next = OperationEdits.progressed(drain, steps, "", clock.instant());
        if (!next.equals(drain)) {
            operationStore.save(List.of(next));
            operations.stored(List.of(next), Optional::empty, Optional.empty());
        }
    }

    /**
     * Takes note of the clusters as they are reported now: who joined, left, went away or came back. The board is read in here:
     * of two callers the one that comes last must not note what the board said before.
     */
    public synchronized void noted() {
        noted(board.states(), board.sources());
    }

    /** @param sources those that answered; clusters of others have not left only because nobody tells of them */
    private void noted(List<ClusterState> states, Set<String> sources) {
        Map<ClusterId, ClusterState> present = new TreeMap<>();
        states.forEach(state -> present.put(state.id(), state));
        Instant now = clock.instant();
        present.forEach((id, state) -> {
            ClusterNote last = notes.get(id);
            if (last == null) {
                ClusterNote note = new ClusterNote(id, state.ready(), now, false, false, "", Optional.empty(), now);
                keep(note, List.of(event("cluster.joined", note, Map.of(), RequestOrigin.INTERNAL)));
            } else if (last.ready() != state.ready()) {
                ClusterNote note = new ClusterNote(
                        id,
                        state.ready(),
                        now,
                        last.cordoned(),
                        last.draining(),
                        last.reason(),
                        last.operation(),
                        last.directedAt());
                String type = state.ready() ? "cluster.available" : "cluster.unavailable";
                keep(note, List.of(event(type, note, Map.of(), RequestOrigin.INTERNAL)));
            }
        });
        List<ClusterNote> left = notes.values().stream()
                .filter(note -> !present.containsKey(note.cluster())
                        && sources.contains(note.cluster().source()))
                .toList();
        left.forEach(note -> {
            store.delete(note.cluster(), List.of(event("cluster.left", note, Map.of(), RequestOrigin.INTERNAL)));
            notes.remove(note.cluster());
            LOG.info("cluster={} left", note.cluster());
        });
    }

    private ClusterNote known(ClusterId cluster) {
        ClusterNote note = notes.get(cluster);
        if (note != null) {
            return note;
        }
        Instant now = clock.instant();
        return board.state(cluster)
                .map(state -> new ClusterNote(cluster, state.ready(), now, false, false, "", Optional.empty(), now))
                .orElseThrow(() -> SmoException.notFound("There is no cluster %s".formatted(cluster.name())));
    }

    private ClusterNote directed(
            ClusterNote last, boolean cordoned, boolean draining, String reason, Optional<String> operation) {
        return new ClusterNote(
                last.cluster(), last.ready(), last.since(), cordoned, draining, reason, operation, clock.instant());
    }

    private void keep(ClusterNote note, List<EventDraft> events) {
        store.save(List.of(note), events);
        notes.put(note.cluster(), note);
        board.direct(note);
    }

    private Operation end(Operation operation, State state, String message) {
        Operation ended = OperationEdits.ended(operation, state, Optional.empty(), message, clock.instant());
        operationStore.save(List.of(ended));
        operations.stored(List.of(ended), Optional::empty, Optional.empty());
        return ended;
    }

    private EventDraft event(String type, ClusterNote note, Map<String, String> data, RequestOrigin origin) {
        EventDraft draft = happenings.of(type, note.cluster(), Optional.empty(), data);
        return new EventDraft(
                draft.type(),
                draft.time(),
                draft.graph(),
                draft.service(),
                draft.generation(),
                note.operation(),
                origin.correlationId(),
                draft.data());
    }

    private static Directive directive(ClusterNote note) {
        return new Directive(
                note.cluster(), note.cordoned(), note.draining(), note.reason(), note.operation(), note.directedAt());
    }
}
