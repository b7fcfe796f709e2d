// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.ClusterStore.ClusterNote;
import eu.nephele.smo.core.engine.graph.GraphIndex;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.operation.OperationTracker.TrackedOperation;
import eu.nephele.smo.core.engine.operation.OperationTransitions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clusters that are drained, each with the operation that reports its progress. */
final class ClusterDrains {

    private final ClusterNotes notes;
    private final OperationTracker operations;
    private final ClusterInventory clusterInventory;
    private final GraphRepository graphs;
    private final GraphIndex graphIndex;
    private final AdmissionControl admission;
    private final Clock clock;

    ClusterDrains(
            ClusterNotes notes,
            OperationTracker operations,
            ClusterInventory clusterInventory,
            GraphRepository graphs,
            GraphIndex graphIndex,
            AdmissionControl admission,
            Clock clock) {
        this.notes = notes;
        this.operations = operations;
        this.clusterInventory = clusterInventory;
        this.graphs = graphs;
        this.graphIndex = graphIndex;
        this.admission = admission;
        this.clock = clock;
    }

    /** The drain that is under way, or that the same request has started before. */
    Optional<Operation> known(ClusterId cluster, RequestOrigin origin) {
        return operations.repeated(origin).or(() -> {
            ClusterNote last = notes.get(cluster);
            return last.draining() ? underWay(last) : Optional.empty();
        });
    }

    /** Begins a drain; the caller has held the lock of the notes since it searched for an earlier one. */
    Operation begin(ClusterId cluster, String reason, RequestOrigin origin) {
        synchronized (notes) {
            ClusterNote last = notes.get(cluster);
            admission.admitChange();
            TrackedOperation trackedOperation = operations.begin(Kind.DRAIN, cluster, origin);
            List<PlanStep> steps = clusterInventory.on(cluster).stream()
                    .map(graph -> new PlanStep(
                            Action.EVACUATE, graph.toString(), List.of(), List.of(), true, "leave " + cluster.name()))
                    .toList();
            Operation operation = OperationTransitions.running(trackedOperation.operation(), steps, clock.instant());
            operations.accept(trackedOperation, operation);
            ClusterNote note = notes.directed(last, true, true, reason, Optional.of(operation.id()));
            List<EventDraft> events = last.cordoned()
                    ? List.of()
                    : List.of(notes.event("cluster.cordoned", note, Map.of("reason", reason), origin));
            notes.keep(note, events);
            return operation;
        }
    }

    /** Ends before everything has left; the cluster stays cordoned. */
    Operation cancel(Operation drain) {
        synchronized (notes) {
            ClusterNote last = notes.get(drain.cluster().orElseThrow());
            notes.keep(notes.directed(last, true, false, last.reason(), Optional.empty()), List.of());
            return end(drain, State.CANCELLED, "Cancelled; the cluster stays cordoned");
        }
    }

    void follow() {
        synchronized (notes) {
            for (Operation drain : operations.drains()) {
                ClusterId cluster = drain.cluster().orElseThrow();
                List<GraphId> left = clusterInventory.on(cluster);
                if (left.isEmpty()) {
                    ClusterNote note = notes.get(cluster);
                    notes.keep(
                            notes.directed(note, true, false, note.reason(), Optional.empty()),
                            List.of(notes.event("cluster.drained", note, Map.of(), drain.origin())));
                    end(drain, State.SUCCEEDED, "The cluster is empty and cordoned");
                } else {
                    follow(drain, left);
                }
            }
        }
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
        Operation next = OperationTransitions.progressed(drain, steps, "", clock.instant());
        if (!next.equals(drain)) {
            operations.save(next);
        }
    }

    /** The reason why a graph does not leave, "" when it is about to. */
    private String obstacle(GraphId graph) {
        boolean paused =
                graphs.find(graph).filter(record -> record.desired().paused()).isPresent();
        return paused
                ? "The automation of %s is paused; resume it, or move the graph".formatted(graph)
                : graphIndex.refusal(graph);
    }

    Operation end(Operation drain, State state, String message) {
        Operation ended = OperationTransitions.ended(drain, state, Optional.empty(), message, clock.instant());
        operations.save(ended);
        return ended;
    }

    Optional<Operation> underWay(ClusterNote note) {
        return note.operation().flatMap(operations::ticket).map(TrackedOperation::operation);
    }
}
