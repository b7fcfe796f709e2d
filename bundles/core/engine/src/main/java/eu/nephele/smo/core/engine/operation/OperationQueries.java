// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.RevisionHistory;
import eu.nephele.smo.core.engine.operation.OperationTracker.TrackedOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Shows operations, waits for them, and cancels those that have done nothing yet. */
public final class OperationQueries {

    /** Interval of polling an operation of another bundle while a caller waits for it. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final RevisionHistory revisions;
    private final GraphRepository graphs;
    private final OperationTracker operations;
    private final DesiredGraphFactory desiredGraphFactory;
    private final UnaryOperator<Operation> endDrain;
    private final WorkQueue<GraphId> queue;
    private final Clock clock;

    public OperationQueries(
            RevisionHistory revisions,
            GraphRepository graphs,
            OperationTracker operations,
            DesiredGraphFactory desiredGraphFactory,
            UnaryOperator<Operation> endDrain,
            WorkQueue<GraphId> queue,
            Clock clock) {
        this.revisions = revisions;
        this.graphs = graphs;
        this.operations = operations;
        this.desiredGraphFactory = desiredGraphFactory;
        this.endDrain = endDrain;
        this.queue = queue;
        this.clock = clock;
    }

    Optional<Operation> find(String id) {
        return operations.find(id);
    }

    Optional<Operation> repeated(RequestOrigin origin) {
        return operations.repeated(origin);
    }

    List<Operation> list(Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit) {
        Optional<List<Operation>> known =
                openOnly ? target.flatMap(ResourceRef::graph).flatMap(operations::known) : Optional.empty();
        return known.map(open -> newestFirst(open, beforeId, limit))
                .orElseGet(() -> operations.list(new OperationStore.Query(target, beforeId, openOnly, limit)));
    }

    List<Operation> listOf(String kind, String project, Optional<String> beforeId, boolean openOnly, int limit) {
        OperationStore.TargetKind wanted = new OperationStore.TargetKind(kind, project);
        return operations.list(
                new OperationStore.Query(Optional.empty(), Optional.of(wanted), beforeId, openOnly, limit));
    }

    private static List<Operation> newestFirst(List<Operation> open, Optional<String> beforeId, int limit) {
        return open.stream()
                .filter(operation ->
                        beforeId.map(id -> operation.id().compareTo(id) < 0).orElse(true))
                .sorted(Comparator.comparing(Operation::id).reversed())
                .limit(limit)
                .toList();
    }

    Operation await(String id, Duration atMost) {
        Optional<TrackedOperation> ticket = operations.ticket(id);
        if (ticket.isPresent()) {
            try {
                return ticket.get().settled().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return present(id);
            } catch (ExecutionException e) {
                throw new IllegalStateException("Waiting for an operation failed unexpectedly", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return present(id);
            }
        }
        return awaitOthers(id, atMost);
    }

    /** Operations on plugins and other resources belong to other bundles: only their stored state is visible. */
    private Operation awaitOthers(String id, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Operation operation = present(id);
        boolean ours = operation.graph().isPresent() || operation.cluster().isPresent();
        while (!ours && !operation.state().isFinal() && System.nanoTime() < end && paused()) {
            operation = present(id);
        }
        return operation;
    }

    /** @return false when the thread was interrupted: it shall not wait any longer */
    private static boolean paused() {
        try {
            Thread.sleep(LOOK.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Operation cancel(String id, RequestOrigin origin) {
        Operation operation = present(id);
        if (operation.state().isFinal()) {
            throw SmoException.conflict("Operation %s has ended as %s".formatted(id, operation.state()));
        }
        if (operation.cluster().isPresent()) {
            return endDrain.apply(operation);
        }
        GraphId graph = operation.graph().orElseThrow(() -> underWay(operation));
        GraphRecord record =
                graphs.find(graph).orElseThrow(() -> SmoException.conflict("Graph %s is gone".formatted(graph)));
        if (operation.state() != State.PENDING || hasBegun(record, operation)) {
            throw underWay(operation);
        }
        Operation cancelled = OperationTransitions.ended(
                operation, State.CANCELLED, Optional.empty(), "Cancelled by " + origin.principal(), clock.instant());
        if (!graphs.update(takenBack(record, operation), TransactionalWrites.of(List.of(), List.of(cancelled)))) {
            throw underWay(operation);
        }
        operations.stored(List.of(cancelled), Optional::empty, Optional.empty());
        queue.add(graph, PriorityLevel.CHANGE);
        return cancelled;
    }

    private static boolean hasBegun(GraphRecord record, Operation operation) {
        return record.decided()
                .filter(decided ->
                        decided.generation() >= operation.generation() && decided.wishNumber() >= operation.wish())
                .isPresent();
    }

    private Desired takenBack(GraphRecord record, Operation operation) {
        Desired desired = record.desired();
        return switch (operation.kind()) {
            case DEPLOY -> desiredGraphFactory.withState(desired, DesiredState.REMOVED);
            case START -> desiredGraphFactory.withState(desired, DesiredState.STOPPED);
            case PLACE -> desiredGraphFactory.withoutWish(desired, lastWishBeside(record, operation));
            case UPDATE, ROLLBACK -> back(record, operation);
            case STOP,
                    REMOVE,
                    FORCE_REMOVE,
                    REPAIR,
                    DRAIN,
                    INSTALL_PLUGIN,
                    UPGRADE_PLUGIN,
                    REMOVE_PLUGIN,
                    APPLY,
                    DELETE -> throw underWay(operation);
        };
    }

    /**
     * A deployment or an update that waits beside a withdrawn placement continues to wait for its own desired state.
     */
    private long lastWishBeside(GraphRecord record, Operation operation) {
        long answered = record.decided().map(DecidedGraph::wishNumber).orElse(0L);
        return operations.list(record.id()).stream()
                .filter(other -> !other.id().equals(operation.id()))
                .mapToLong(Operation::wish)
                .reduce(answered, Math::max);
    }

    private Desired back(GraphRecord record, Operation operation) {
        long good = record.observed().goodRevision();
        Revision revision = revisions
                .find(record.id(), good)
                .orElseThrow(() ->
                        SmoException.conflict("Operation %s cannot be cancelled: there is no revision to go back to"
                                .formatted(operation.id())));
        Graph former = revisions.restore(revision);
        return desiredGraphFactory.back(record.desired(), graphs.read(record.desired()), former, revision);
    }

    private static SmoException underWay(Operation operation) {
        return SmoException.conflict(
                "Operation %s (%s) is under way and cannot be cancelled; ask for the opposite instead"
                        .formatted(operation.id(), operation.kind()));
    }

    private Operation present(String id) {
        return operations.find(id).orElseThrow(() -> notThere(id));
    }

    /** Returns the target of an operation, from memory if known there, because waiting clients poll often. */
    Optional<ResourceRef> target(String id) {
        return operations
                .ticket(id)
                .map(TrackedOperation::operation)
                .or(() -> operations.find(id))
                .map(Operation::target);
    }

    static SmoException notThere(String id) {
        return SmoException.notFound("Operation %s not found; it may have been deleted already".formatted(id));
    }
}
