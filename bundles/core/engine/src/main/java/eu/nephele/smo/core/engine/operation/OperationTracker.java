// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.IdempotencyKeys;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.contract.work.SortableIds;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The operations that are open, and their waiting callers. An operation runs with or without callers; the store has
 * each one, so that a restart continues with it.
 */
@Metric(value = "smo_engine_operations", type = MetricType.GAUGE, unit = "operations", meaning = "Open operations")
public final class OperationTracker {

    public static final class TrackedOperation {

        private final CompletableFuture<GraphView> decided = new CompletableFuture<>();
        private final CompletableFuture<GraphView> done = new CompletableFuture<>();
        private final CompletableFuture<Operation> settled = new CompletableFuture<>();
        private volatile Operation operation;
        private volatile boolean visible;
        /** Flag: it is from a former process. */
        private volatile boolean inherited;

        private TrackedOperation(Operation operation) {
            this.operation = operation;
        }

        /** The operation as it was stored last. */
        public Operation operation() {
            return operation;
        }

        /**
         * Completes when the places of services are decided; fails when that is impossible, or not possible now;
         * cancelled when the engine stops.
         */
        public CompletableFuture<GraphView> decided() {
            return decided;
        }

        /**
         * Completes when the desired state is reached; fails when it will not be, or is held up; cancelled when the
         * engine stops.
         */
        public CompletableFuture<GraphView> done() {
            return done;
        }

        CompletableFuture<Operation> settled() {
            return settled;
        }

        private boolean answeredBy(long generation, long wish) {
            return operation.generation() <= generation && operation.wish() <= wish;
        }

        /** Stops tracking; this process does not report its outcome. */
        private void leave() {
            decided.cancel(false);
            done.cancel(false);
            settled.complete(operation);
        }

        private void fail(SmoException why) {
            decided.completeExceptionally(why);
            done.completeExceptionally(why);
        }
    }

    private final OperationStore store;
    private final Clock clock;
    private final OperationSpans spans;
    private final SortableIds ids;
    private final OpenOperationIndex open = new OpenOperationIndex();
    private final OperationMeter meter;
    private volatile boolean left;
    private volatile boolean loaded;

    public OperationTracker(OperationStore store, Clock clock, Tracing tracing) {
        this.store = store;
        this.clock = clock;
        this.spans = new OperationSpans(tracing);
        this.ids = new SortableIds(clock);
        this.meter = new OperationMeter(open, clock);
    }

    public void load() {
        store.open().stream().filter(OperationTracker::isOurs).forEach(operation -> {
            TrackedOperation trackedOperation = new TrackedOperation(operation);
            trackedOperation.visible = true;
            trackedOperation.inherited = true;
            open.add(trackedOperation);
        });
        loaded = true;
    }

    /** The engine stops: callers no longer wait here. The operations continue after its next start. */
    public void leave() {
        left = true;
        open.all().forEach(TrackedOperation::leave);
    }

    public Optional<Operation> find(String id) {
        return store.find(id);
    }

    public Optional<Operation> last(GraphId graph) {
        return list(new OperationStore.Query(Optional.of(ResourceRef.of(graph)), Optional.empty(), false, 1)).stream()
                .findFirst();
    }

    /** Operations that a query finds, newest first. */
    List<Operation> list(OperationStore.Query query) {
        return store.list(query);
    }

    /**
     * The operation of the same request when it came first; empty for a new one.
     *
     * @throws SmoException {@code UNPROCESSABLE} when its key belongs to another request
     */
    public Optional<Operation> repeated(RequestOrigin origin) {
        return new IdempotencyKeys(store).find(origin);
    }

    /** Stores the progress or the end of an operation alone, and notifies the waiting callers. */
    public void save(Operation operation) {
        store.save(List.of(operation));
        stored(List.of(operation), Optional::empty, Optional.empty());
    }

    /** Stores an operation that changes no graph, with its idempotency key; from then on it is taken into account. */
    public void accept(TrackedOperation trackedOperation, Operation operation) {
        try {
            operation
                    .origin()
                    .idempotency()
                    .ifPresentOrElse(
                            key -> store.accept(
                                    operation,
                                    new IdempotencyRecord(
                                            key.key(), key.fingerprint(), operation.id(), clock.instant())),
                            () -> store.save(List.of(operation)));
        } catch (SmoException e) {
            discard(trackedOperation);
            throw e;
        }
        stored(List.of(operation), Optional::empty, Optional.empty());
        accepted(trackedOperation);
    }

    /** How many operations of a principal are not over. */
    public int openOf(String principal) {
        return open.size(principal);
    }

    /** An operation about to be stored; it is not carried out before its change is stored. */
    public TrackedOperation begin(Kind kind, GraphId graph, long generation, long wish, RequestOrigin origin) {
        return begin(kind, ResourceRef.of(graph), generation, wish, origin);
    }

    /** The same about a cluster. */
    public TrackedOperation begin(Kind kind, ClusterId cluster, RequestOrigin origin) {
        return begin(kind, ResourceRef.of(cluster), 0, 0, origin);
    }

    private TrackedOperation begin(Kind kind, ResourceRef target, long generation, long wish, RequestOrigin origin) {
        Instant now = clock.instant();
        spans.begun();
        TrackedOperation trackedOperation = new TrackedOperation(new Operation(
                ids.next(),
                kind,
                target,
                State.PENDING,
                generation,
                wish,
                origin,
                Times.from(now),
                List.of(),
                List.of(new Stage(OperationTransitions.DECIDING, now, Optional.empty())),
                Optional.empty(),
                ""));
        open.add(trackedOperation);
        if (left) {
            trackedOperation.leave();
        }
        return trackedOperation;
    }

    /** Other bundles carry out theirs. */
    private static boolean isOurs(Operation operation) {
        return operation.graph().isPresent() || operation.cluster().isPresent();
    }

    /** The change is stored, and the operation with it: from now on passes take it into account. */
    public void accepted(TrackedOperation trackedOperation) {
        trackedOperation.visible = true;
    }

    /** The change did not happen: there is no such operation. */
    public void discard(TrackedOperation trackedOperation) {
        open.remove(trackedOperation.operation().id());
    }

    public Optional<TrackedOperation> ticket(String id) {
        return open.find(id);
    }

    public void publish(MetricsRecorder metricsRecorder) {
        metricsRecorder.gauge("smo_engine_operations", Map.of(), open, OpenOperationIndex::size);
        meter.publish(metricsRecorder);
    }

    /** Open operations of a graph, oldest first. */
    public List<Operation> list(GraphId graph) {
        return open.list(graph).stream()
                .filter(trackedOperation -> trackedOperation.visible)
                .map(TrackedOperation::operation)
                .toList();
    }

    /** The same without reading the store; empty until the open operations of a former process are loaded. */
    Optional<List<Operation>> known(GraphId graph) {
        return loaded
                ? Optional.of(list(graph).stream()
                        .filter(operation -> !operation.state().isFinal())
                        .toList())
                : Optional.empty();
    }

    /** The latest stored time since when open operations of a former process on a graph run, or are rolled back. */
    public Optional<Instant> inheritedSince(GraphId graph) {
        return open.list(graph).stream()
                .filter(trackedOperation -> trackedOperation.inherited)
                .flatMap(trackedOperation -> trackedOperation.operation().stages().stream())
                .filter(stage -> stage.duration().isEmpty() && !stage.name().equals(OperationTransitions.DECIDING))
                .map(Stage::startedAt)
                .max(Comparator.naturalOrder());
    }

    public Set<GraphId> graphs() {
        return open.graphs();
    }

    /**
     * A graph is gone: removals have succeeded, everything else is pointless. A process may die, or a pass be quicker
     * than the request that made the operation.
     *
     * @param left operations that were open before the graph was searched for: later ones belong to a new graph of the
     *     name
     */
    public void settleGone(GraphId graph, List<Operation> left) {
        List<Operation> ended = left.stream()
                .map(operation -> operation.kind() == Kind.REMOVE || operation.kind() == Kind.FORCE_REMOVE
                        ? OperationTransitions.ended(operation, State.SUCCEEDED, Optional.empty(), "", clock.instant())
                        : OperationTransitions.ended(
                                operation, State.SUPERSEDED, Optional.empty(), "The graph is gone", clock.instant()))
                .toList();
        if (!ended.isEmpty()) {
            store.save(ended);
            stored(ended, () -> Optional.of(GraphViewFactory.gone(graph, clock.instant())), Optional.empty());
        }
    }

    /** Open drains, oldest first. */
    public List<Operation> drains() {
        return open.ofNoGraph().stream()
                .map(TrackedOperation::operation)
                .filter(operation -> operation.cluster().isPresent())
                .toList();
    }

    /**
     * Ends open operations of a graph that is gone, and whose name another graph has now: a graph can be removed before
     * the request for it has entered its operation here. The generation of a graph never falls, so that an operation of
     * a later one is not of this graph.
     *
     * @param open operations of that name, read before the graph: it contains each of them that is its own
     */
    public void settleFormer(GraphRecord record, List<Operation> open) {
        settleGone(
                record.id(),
                open.stream()
                        .filter(operation ->
                                operation.generation() > record.desired().generation())
                        .toList());
    }

    /** Open operations of a graph that its present desired state contains. */
    public List<Operation> due(GraphRecord record) {
        return list(record.id()).stream()
                .filter(operation -> operation.generation() <= record.desired().generation()
                        && operation.wish() <= record.desired().wish().number())
                .toList();
    }

    /** The operations that are due, failed; to be stored with the change that follows from it. */
    public List<Operation> failing(GraphRecord record, SmoException why) {
        return due(record).stream()
                .map(operation -> ended(operation, State.FAILED, Optional.of(why), why.getMessage()))
                .toList();
    }

    /** The operations that are due, with the steps that are under way now; to be stored. */
    public List<Operation> running(GraphRecord record, List<PlanStep> steps) {
        return due(record).stream()
                .map(operation -> OperationTransitions.running(operation, steps, clock.instant()))
                .toList();
    }

    /** An operation that has come to its end now; to be stored. */
    public Operation ended(Operation operation, State state, Optional<SmoException> why, String message) {
        return OperationTransitions.ended(operation, state, why.map(Operation.Fault::of), message, clock.instant());
    }

    public void tellDecided(GraphId graph, long generation, long wish, Supplier<GraphView> view) {
        List<TrackedOperation> waiting = open.list(graph).stream()
                .filter(trackedOperation -> trackedOperation.answeredBy(generation, wish)
                        && !trackedOperation.decided().isDone())
                .toList();
        if (!waiting.isEmpty()) {
            GraphView now = view.get();
            waiting.forEach(trackedOperation -> trackedOperation.decided().complete(now));
        }
    }

    /** Notifies waiting callers that there is no progress now; the operations stay open. */
    public void tellHeldUp(Collection<Operation> operations, SmoException why) {
        operations.forEach(
                operation -> ticket(operation.id()).ifPresent(trackedOperation -> trackedOperation.fail(why)));
    }

    /** Operations were stored like this; callers that wait for final ones are notified. */
    public void stored(
            Collection<Operation> operations, Supplier<Optional<GraphView>> view, Optional<SmoException> cause) {
        for (Operation operation : operations) {
            open.find(operation.id()).ifPresent(trackedOperation -> {
                trackedOperation.operation = operation;
                if (operation.state().isFinal()) {
                    open.remove(operation.id());
                    spans.ended(operation);
                    meter.ended(operation);
                    settle(trackedOperation, operation, view, cause);
                }
            });
        }
    }

    private static void settle(
            TrackedOperation trackedOperation,
            Operation operation,
            Supplier<Optional<GraphView>> view,
            Optional<SmoException> cause) {
        if (operation.state() == State.SUCCEEDED) {
            view.get().ifPresent(now -> {
                trackedOperation.decided().complete(now);
                trackedOperation.done().complete(now);
            });
        } else {
            trackedOperation.fail(cause.orElseGet(() -> OperationFailure.exception(operation)));
        }
        trackedOperation.settled().complete(operation);
    }

    /** Ends that were not stored elsewhere: cancelled by a user, or superseded. */
    public List<Operation> superseded(Collection<Operation> operations, Operation by) {
        return operations.stream()
                .map(operation -> OperationTransitions.ended(
                        operation,
                        State.SUPERSEDED,
                        Optional.empty(),
                        "Operation %s (%s) took its place".formatted(by.id(), by.kind()),
                        clock.instant()))
                .toList();
    }
}
