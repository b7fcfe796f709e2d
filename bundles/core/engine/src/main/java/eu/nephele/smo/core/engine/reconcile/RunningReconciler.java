// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.decision.PlacementReconciler;
import eu.nephele.smo.core.engine.proposal.PlacementDemand;
import eu.nephele.smo.core.engine.status.ReservationTracker;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import java.time.Duration;
import java.util.Optional;

/** The part of a pass over a graph that shall run: decides open requests, then carries them out. */
final class RunningReconciler {

    private final PlacementReconciler placer;
    private final PlacementOccasions occasions;
    private final DeploymentRollback deploymentRollback;
    private final RolloutReconciler rolling;
    private final UndecidedReconciler undecided;
    private final StatusRecorder recorder;
    private final ReservationTracker reservationTracker;
    private final DeploymentStart deploymentStart;

    RunningReconciler(
            PlacementReconciler placer,
            PlacementOccasions occasions,
            DeploymentRollback deploymentRollback,
            RolloutReconciler rolling,
            UndecidedReconciler undecided,
            StatusRecorder recorder,
            ReservationTracker reservationTracker) {
        this.placer = placer;
        this.occasions = occasions;
        this.deploymentRollback = deploymentRollback;
        this.rolling = rolling;
        this.undecided = undecided;
        this.recorder = recorder;
        this.reservationTracker = reservationTracker;
        this.deploymentStart = new DeploymentStart(recorder);
    }

    PassResult pass(GraphRecord record, Graph graph) {
        if (DeploymentRollback.isUnderWay(record)) {
            return deploymentRollback.goOn(record, graph);
        }
        Optional<PlacementDemand> automatic = occasions.next(record, graph);
        Optional<PassResult> yielded = undecided.yielded(record, graph, automatic);
        if (yielded.isPresent()) {
            return yielded.get();
        }
        PlacementReconciler.PlacementResolution answer;
        try {
            answer = placer.settle(
                    record, graph, automatic, (decided, running) -> deploymentStart.alongside(decided, graph, running));
        } catch (SmoException e) {
            return undecided.undecidable(record, graph, e);
        }
        if (answer instanceof PlacementReconciler.PlacementResolution.ResolvedPlacement resolvedPlacement) {
            if (resolvedPlacement.changed()) {
                occasions.placed(record);
                reservationTracker.track(record, resolvedPlacement.decided());
                recorder.entered(record.observed().phase(), resolvedPlacement.graph());
                recorder.tellDecided(resolvedPlacement.graph());
            }
            undecided.answered(resolvedPlacement.graph());
            return rolling.pass(resolvedPlacement.graph(), resolvedPlacement.decided(), graph);
        } else if (answer instanceof PlacementReconciler.PlacementResolution.Unschedulable unschedulable) {
            return noRoom(record, graph, unschedulable);
        }
        return new PassResult.RequeueAfter(Duration.ZERO);
    }

    private PassResult noRoom(
            GraphRecord record, Graph graph, PlacementReconciler.PlacementResolution.Unschedulable unschedulable) {
        if (unschedulable.inForce().isPresent()) {
            GraphRecord answered = unschedulable.inForce().get();
            DecidedGraph inForce = answered.decided().orElseThrow();
            recorder.fail(answered, operation -> operation.kind() == Operation.Kind.PLACE, unschedulable.why());
            if (record.decided().map(DecidedGraph::generation).orElse(0L) != inForce.generation()) {
                reservationTracker.track(answered, inForce);
                recorder.entered(record.observed().phase(), answered);
                recorder.tellDecided(answered);
            }
            if (occasions.lost(answered).isEmpty()) {
                recorder.waitsForRoom(record.id());
                undecided.answered(answered);
                return rolling.pass(answered, inForce, graph);
            }
            if (record.decided().map(DecidedGraph::wishNumber).orElse(0L) < inForce.wishNumber()) {
                // only the requested placement was rejected and is answered now; a lost cluster is no reason to give up
                // a change with it
                return new PassResult.RequeueAfter(Duration.ZERO);
            }
        }
        return undecided.noRoom(record, graph, unschedulable);
    }
}
