// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.operation.Operations;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores decisions with what they reserve, and tells the operations that they answer. */
public final class Commits {

    /** @param graph as it is then, if it is stored */
    record Committed(CommitResult result, GraphRecord graph) {
        boolean isStored() {
            return result == CommitResult.STORED;
        }
    }

    private final Graphs graphs;
    private final ClusterBoard board;
    private final Designs designs;
    private final Operations operations;

    Commits(Graphs graphs, ClusterBoard board, Designs designs, Operations operations) {
        this.graphs = graphs;
        this.board = board;
        this.designs = designs;
        this.operations = operations;
    }

    /**
     * Stores a decision, what follows from it, and how far that brings the operations that it answers.
     *
     * @param decision its record; empty where nothing was chosen
     * @param events what there is to tell of it
     */
    Committed decided(
            GraphRecord record,
            Graph graph,
            Decided decided,
            Optional<DecisionRecord> decision,
            List<EventDraft> events,
            Placer.Sequel sequel) {
        List<PlanStep> steps = new Steps(record)
                .to(
                        designs.present(record, graph),
                        Design.of(graph, decided),
                        decided.transition().breakFirst());
        List<Operation> running = operations.running(record, steps);
        Map<ClusterId, Resources> reservation = Reservations.of(decided);
        GraphRecord now = new GraphRecord(record.desired(), Optional.of(decided), record.observed());
        Alongside alongside = sequel.of(now, running).after(events);
        CommitResult result = graphs.commit(
                record.id(),
                record.desired().revision(),
                decided,
                reservation,
                board.headroom(record.id(), reservation.keySet()),
                decision,
                alongside);
        if (result == CommitResult.STORED) {
            operations.stored(alongside.operations(), Optional::empty, Optional.empty());
        }
        return new Committed(
                result,
                new GraphRecord(
                        record.desired(), now.decided(), alongside.observed().orElse(record.observed())));
    }

    /** Stores that a wish is answered by what is in force already. */
    CommitResult answered(GraphRecord record, Decided same) {
        return stored(record, same, List.of());
    }

    /** Stores that the world has followed: what was held for that is given back. */
    public CommitResult arrived(GraphRecord record, Decided decided) {
        return stored(record, decided.arrived(), List.of());
    }

    /** Stores that everything is being taken back. */
    public CommitResult undo(GraphRecord record, Decided undoing, List<Operation> changed) {
        return stored(record, undoing, changed);
    }

    private CommitResult stored(GraphRecord record, Decided decided, List<Operation> changed) {
        return graphs.commit(
                record.id(),
                record.desired().revision(),
                decided,
                Reservations.of(decided),
                Optional.empty(),
                Alongside.of(List.of(), changed));
    }
}
