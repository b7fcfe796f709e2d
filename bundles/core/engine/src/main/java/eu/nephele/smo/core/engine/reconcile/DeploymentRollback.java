// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.decision.DecisionCommitter;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.ReservationTracker;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import eu.nephele.smo.core.engine.work.ProgressDeadlines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls back a deployment that did not complete: nothing ran before it. */
final class DeploymentRollback {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRollback.class);

    private final DecisionCommitter commits;
    private final Rollout rollout;
    private final StatusRecorder recorder;
    private final ReservationTracker reservationTracker;
    private final ProgressDeadlines limit;

    DeploymentRollback(
            DecisionCommitter commits,
            Rollout rollout,
            StatusRecorder recorder,
            ReservationTracker reservationTracker,
            ProgressDeadlines limit) {
        this.commits = commits;
        this.rollout = rollout;
        this.recorder = recorder;
        this.reservationTracker = reservationTracker;
        this.limit = limit;
    }

    /** Returns whether everything of a deployment is being taken back, or was. */
    static boolean isUnderWay(GraphRecord record) {
        return record.decided()
                .filter(decided -> decided.undoing().isPresent()
                        && decided.generation() == record.desired().generation())
                .isPresent();
    }

    /** Begins: the decision is withdrawn. */
    PassResult begin(GraphRecord record, SmoException why) {
        Fault fault = Fault.of(why);
        LOG.warn("deployment failed graph={} reason=\"{}\"; rolling back", record.id(), why.getMessage());
        DecidedGraph undoing = record.decided().orElseThrow().undoing(fault);
        List<Operation> changed = recorder.undoing(record, fault);
        if (commits.undo(record, undoing, changed) == CommitResult.STORED) {
            recorder.stored(record, changed, Optional.empty());
        }
        return new PassResult.RequeueAfter(Duration.ZERO);
    }

    /** Continues: the releases are removed in reverse, then the reservations are released. */
    PassResult goOn(GraphRecord record, Graph graph) {
        Fault fault = record.decided().flatMap(DecidedGraph::undoing).orElseThrow();
        SmoException why = SmoException.of(fault.kind(), fault.source(), fault.message(), Optional.empty());
        if (record.observed().phase() == GraphPhase.FAILED
                && record.observed().generation() == record.desired().generation()) {
            recorder.record(record, GraphPhase.FAILED, graph.services().size());
            return new PassResult.Finished();
        }
        Rollout.Report report = rollout.takeDown(record, graph);
        Conditions conditions = recorder.conditions(record);
        if (!report.converged() && !limit.exceeded(record.id(), record.desired().generation())) {
            conditions.set(
                    Condition.READY,
                    false,
                    "Undoing",
                    "%s. Rolling back: %s".formatted(fault.message(), report.message()));
            recorder.save(
                    record,
                    record.observed().phase(),
                    conditions,
                    PassObservation.of(report.services()),
                    new PassOutcome.RollingBack(fault, report.message()));
            return rollout.next(report);
        }
        limit.forget(record.id());
        if (report.converged()) {
            reservationTracker.release(record.id());
            conditions
                    .set(Condition.READY, false, "RolledBack", undone(fault, report))
                    .set(Condition.PLACED, false, "RolledBack", "");
        } else {
            LOG.warn("rollback failed graph={} reason=\"{}\"", record.id(), report.message());
            conditions.set(
                    Condition.READY,
                    false,
                    "NotUndone",
                    ("%s. Rollback failed: %s. Its capacity stays reserved; fix the cause, then remove the graph or"
                                    + " deploy it again")
                            .formatted(fault.message(), report.message()));
        }
        recorder.save(
                record,
                GraphPhase.FAILED,
                conditions,
                PassObservation.of(report.services()),
                new PassOutcome.Failed(why));
        return new PassResult.Finished();
    }

    /** Returns the remains of a refused step, which may have left traces that cannot be observed here. */
    private static String undone(Fault fault, Rollout.Report report) {
        return report.message().isEmpty()
                ? fault.message() + ". Everything was rolled back; fix the cause and deploy again"
                : "%s. Nothing of it runs; left behind: %s. Fix the cause and deploy again"
                        .formatted(fault.message(), report.message());
    }
}
