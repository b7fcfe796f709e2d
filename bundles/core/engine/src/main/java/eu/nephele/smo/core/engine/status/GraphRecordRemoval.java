// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.graph.GraphIndex;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes the record of a graph, and everything in memory about it. */
public final class GraphRecordRemoval {

    private final GraphRepository graphs;
    private final GraphViewFactory views;
    private final OperationTracker operations;
    private final GraphEventFactory graphEventFactory;
    private final GraphIndex graphIndex;
    private final ScalingPlans plans;
    private final ReservationTracker reservationTracker;

    public GraphRecordRemoval(
            GraphRepository graphs,
            GraphViewFactory views,
            OperationTracker operations,
            GraphEventFactory graphEventFactory,
            GraphIndex graphIndex,
            ScalingPlans plans,
            ReservationTracker reservationTracker) {
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.graphEventFactory = graphEventFactory;
        this.graphIndex = graphIndex;
        this.plans = plans;
        this.reservationTracker = reservationTracker;
    }

    /** @param left left-overs outside, for people; "" without any */
    public void delete(GraphRecord record, String left) {
        List<Operation> due = operations.due(record);
        List<Operation> done = due.stream()
                .map(operation -> operations.ended(
                        operation, State.SUCCEEDED, Optional.empty(), left.isEmpty() ? "" : "Left outside: " + left))
                .toList();
        List<String> services = record.observed().services().entrySet().stream()
                .filter(entry -> GraphEventFactory.isThere(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<EventDraft> events =
                new ArrayList<>(graphEventFactory.removed(record, services, GraphEventFactory.latest(due)));
        events.add(graphEventFactory.create(
                "hdag.removed",
                record,
                GraphEventFactory.latest(due),
                left.isEmpty() ? Map.of() : Map.of("left", left)));
        graphs.delete(record.id(), TransactionalWrites.of(events, done));
        forget(record.id());
        operations.stored(done, () -> Optional.of(views.create(record)), Optional.empty());
    }

    /** A graph that could not be deployed leaves nothing. */
    public void reject(GraphRecord record, SmoException why, List<EventDraft> news) {
        List<Operation> due = operations.due(record);
        List<Operation> failed = operations.failing(record, why);
        List<EventDraft> events = new ArrayList<>(news);
        events.add(graphEventFactory.create(
                "hdag.failed", record, GraphEventFactory.latest(due), Map.of("message", why.getMessage())));
        graphs.delete(record.id(), TransactionalWrites.of(events, failed));
        forget(record.id());
        operations.stored(failed, Optional::empty, Optional.of(why));
    }

    public void forget(GraphId graph) {
        reservationTracker.forget(graph);
        graphs.forget(graph);
        graphIndex.forget(graph);
        plans.forget(graph);
    }
}
