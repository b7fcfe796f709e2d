// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.decision.OperationSteps;
import eu.nephele.smo.core.engine.decision.ServiceStartOrder;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The transition from rest to running: a graph with a place begins to deploy. */
final class DeploymentStart {

    /** Phases from which a graph that has a place starts to deploy. */
    private static final Set<GraphPhase> BEFORE =
            EnumSet.of(GraphPhase.PENDING, GraphPhase.PLACING, GraphPhase.STOPPING, GraphPhase.STOPPED);

    private final StatusRecorder recorder;

    DeploymentStart(StatusRecorder recorder) {
        this.recorder = recorder;
    }

    /** Returns whether a graph that was seen so has not begun to deploy. */
    static boolean isBefore(GraphRecord record) {
        return BEFORE.contains(record.observed().phase());
    }

    TransactionalWrites alongside(GraphRecord record, Graph graph, List<Operation> running) {
        if (!isBefore(record)) {
            return TransactionalWrites.of(List.of(), running);
        }
        DecidedGraph decided = record.decided().orElseThrow();
        return recorder.entering(record, GraphPhase.DEPLOYING, beginning(record, decided, graph), running);
    }

    /** Begins where that was not stored with the decision. */
    GraphRecord begin(GraphRecord record, DecidedGraph decided, Graph graph) {
        return isBefore(record)
                ? recorder.save(
                        record,
                        GraphPhase.DEPLOYING,
                        beginning(record, decided, graph),
                        PassObservation.unchanged(record),
                        new PassOutcome.InProgress())
                : record;
    }

    private Conditions beginning(GraphRecord record, DecidedGraph decided, Graph graph) {
        return recorder.conditions(record)
                .set(Condition.PLACED, true, "Placed", "")
                .set(Condition.READY, false, "Progressing", begins(decided, graph));
    }

    private static String begins(DecidedGraph decided, Graph graph) {
        return ServiceStartOrder.compute(graph).stream()
                .map(service ->
                        OperationSteps.begins(service, decided.placement().of(service.id())))
                .collect(Collectors.joining("; "));
    }
}
