// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import eu.nephele.smo.core.engine.rollout.Rollout;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what is decided, step by step, and sees how far it is. */
final class RollingOut {

    private static final Logger LOG = LoggerFactory.getLogger(RollingOut.class);

    private final Rollout rollout;
    private final Arrivals arrivals;
    private final Retirement retirement;
    private final Compensation compensation;
    private final Resync resync;
    private final RunningStatus status;
    private final Entrance entrance;

    RollingOut(
            Rollout rollout,
            Arrivals arrivals,
            Retirement retirement,
            Compensation compensation,
            Resync resync,
            RunningStatus status,
            Entrance entrance) {
        this.rollout = rollout;
        this.arrivals = arrivals;
        this.retirement = retirement;
        this.compensation = compensation;
        this.resync = resync;
        this.status = status;
        this.entrance = entrance;
    }

    Next pass(GraphRecord loaded, Decided decided, Graph graph) {
        boolean settled =
                loaded.observed().convergedGeneration() == loaded.desired().generation();
        if (settled && rollout.isBlind(decided)) {
            LOG.info("graph={} is left as it is until its adapters are there", loaded.id());
            return new Next.Retry();
        }
        long edition = resync.edition();
        GraphRecord record = entrance.begin(
                new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed()), decided, graph);
        Rollout.Report report = rollout.advance(record, graph, decided, handsOff(record, graph));
        if (settled && rollout.isBlind(decided)) {
            LOG.info(
                    "graph={} its adapters went away while it was looked at: what was not seen is not missing",
                    loaded.id());
            return new Next.Retry();
        }
        if (report.arrived() && arrivals.arrived(record, decided)) {
            return new Next.Again(Duration.ZERO);
        }
        if (!report.gone().isEmpty()) {
            return retirement.retired(record, graph, report.gone());
        }
        Optional<SmoException> fatal = status.fatal(record, report);
        Optional<Next> compensated = fatal.flatMap(why -> {
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
        LOG.warn("graph={} {} refused or failed: {}", record.id(), failure.system(), failure.getMessage());
    }

    /** What was complete and then changed outside is only looked at where the graph says so, or is paused. */
    private static boolean handsOff(GraphRecord record, Graph graph) {
        return record.desired().paused() || graph.lifecycle().onDrift() == OnDrift.REPORT;
    }
}
