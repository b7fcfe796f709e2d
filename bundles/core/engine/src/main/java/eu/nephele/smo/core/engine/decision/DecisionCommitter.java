// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores decisions with their reservations, and notifies the operations that they answer. */
public final class DecisionCommitter {

    /** @param graph as it is then, if it is stored */
    record CommittedDecision(CommitResult result, GraphRecord graph) {
        boolean isStored() {
            return result == CommitResult.STORED;
        }
    }

    private final GraphRepository graphs;
    private final ClusterInventory clusterInventory;
    private final DeployedState deployedState;
    private final OperationTracker operations;

    DecisionCommitter(
            GraphRepository graphs,
            ClusterInventory clusterInventory,
            DeployedState deployedState,
            OperationTracker operations) {
        this.graphs = graphs;
        this.clusterInventory = clusterInventory;
        this.deployedState = deployedState;
        this.operations = operations;
    }

    /** @param decision its record; empty without a choice */
    CommittedDecision decided(
            GraphRecord record,
            Graph graph,
            DecidedGraph decided,
            Optional<DecisionRecord> decision,
            List<EventDraft> events,
            PlacementReconciler.FollowUp followUp) {
        List<PlanStep> steps = new OperationSteps(record)
                .to(
                        deployedState.present(record, graph),
                        DeployedGraph.of(graph, decided),
                        decided.transition().breakFirst());
        List<Operation> running = operations.running(record, steps);
        Map<ClusterId, Resources> reservation = Reservations.compute(decided);
        GraphRecord now = new GraphRecord(record.desired(), Optional.of(decided), record.observed());
        TransactionalWrites transactionalWrites = followUp.writes(now, running).after(events);
        CommitResult result = graphs.commit(
                record.id(),
                record.desired().revision(),
                decided,
                reservation,
                clusterInventory.headroom(record.id(), reservation.keySet()),
                decision,
                transactionalWrites);
        if (result == CommitResult.STORED) {
            operations.stored(transactionalWrites.operations(), Optional::empty, Optional.empty());
        }
        return new CommittedDecision(
                result,
                new GraphRecord(
                        record.desired(),
                        now.decided(),
                        transactionalWrites.observed().orElse(record.observed())));
    }

    /** Stores that the decision in force answers a requested placement, or stays. */
    CommitResult answered(GraphRecord record, DecidedGraph same) {
        return stored(record, same, List.of());
    }

    /** Stores that the observed state has followed: the held reservations are released. */
    public CommitResult arrived(GraphRecord record, DecidedGraph decided) {
        return stored(record, decided.arrived(), List.of());
    }

    public CommitResult undo(GraphRecord record, DecidedGraph undoing, List<Operation> changed) {
        return stored(record, undoing, changed);
    }

    private CommitResult stored(GraphRecord record, DecidedGraph decided, List<Operation> changed) {
        return graphs.commit(
                record.id(),
                record.desired().revision(),
                decided,
                Reservations.compute(decided),
                Optional.empty(),
                TransactionalWrites.of(List.of(), changed));
    }
}
