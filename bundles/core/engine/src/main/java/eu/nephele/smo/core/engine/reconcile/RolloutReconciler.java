// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.rollout.Rollout;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a decision, step by step, and observes its progress. */
final class RolloutReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(RolloutReconciler.class);

    private final Rollout rollout;
    private final ReservationReleaser reservationReleaser;
    private final TeardownReconciler teardownReconciler;
    private final Compensation compensation;
    private final Resync resync;
    private final RunningStatus status;
    private final DeploymentStart deploymentStart;

    RolloutReconciler(
            Rollout rollout,
            ReservationReleaser reservationReleaser,
            TeardownReconciler teardownReconciler,
            Compensation compensation,
            Resync resync,
            RunningStatus status,
            DeploymentStart deploymentStart) {
        this.rollout = rollout;
        this.reservationReleaser = reservationReleaser;
        this.teardownReconciler = teardownReconciler;
        this.compensation = compensation;
        this.resync = resync;
        this.status = status;
        this.deploymentStart = deploymentStart;
    }

    PassResult pass(GraphRecord loaded, DecidedGraph decided, Graph graph) {
        boolean settled =
                loaded.observed().convergedGeneration() == loaded.desired().generation();
        if (settled && rollout.isBlind(decided)) {
            LOG.info("pass postponed graph={}; its adapters are unavailable", loaded.id());
            return new PassResult.Retry();
        }
        long edition = resync.edition();
        GraphRecord record = deploymentStart.begin(
                new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed()), decided, graph);
        Rollout.Report report = rollout.advance(record, graph, decided, handsOff(record, graph));
        if (settled && rollout.isBlind(decided)) {
            LOG.info("observation discarded graph={}; its adapters became unavailable during the pass", loaded.id());
            return new PassResult.Retry();
        }
        if (report.arrived() && reservationReleaser.arrived(record, decided)) {
            return new PassResult.RequeueAfter(Duration.ZERO);
        }
        if (!report.gone().isEmpty()) {
            return teardownReconciler.retired(record, graph, report.gone());
        }
        Optional<SmoException> fatal = status.fatal(record, report);
        Optional<PassResult> compensated = fatal.flatMap(why -> {
            report.failure().ifPresent(failure -> warn(loaded, failure));
            return compensation.begin(
                    new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed()), graph, why);
        });
        if (compensated.isPresent()) {
            return compensated.get();
        }
        GraphRecord now = status.save(record, decided, graph, report, fatal);
        report.failures().forEach(failure -> warn(loaded, failure));
        return report.converged() ? resync.next(now, decided, report.seen(), edition) : rollout.next(report);
    }

    private static void warn(GraphRecord record, AdapterException failure) {
        LOG.warn(
                "rollout step failed graph={} system={} reason=\"{}\"",
                record.id(),
                failure.system(),
                failure.getMessage());
    }

    /** Returns whether drift is only observed: the graph asks for that, or is paused. */
    private static boolean handsOff(GraphRecord record, Graph graph) {
        return record.desired().paused() || graph.lifecycle().onDrift() == OnDrift.REPORT;
    }
}
