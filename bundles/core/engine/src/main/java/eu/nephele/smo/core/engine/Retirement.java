// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.WorkQueue.Next;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a pass that takes graphs down: stopped ones keep their descriptor, removed ones leave nothing. */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Rollout rollout;
    private final Recorder recorder;
    private final Duration poll;
    private final Runnable roomMade;

    Retirement(Rollout rollout, Recorder recorder, Duration poll, Runnable roomMade) {
        this.rollout = rollout;
        this.recorder = recorder;
        this.poll = poll;
        this.roomMade = roomMade;
    }

    Next stop(GraphRecord loaded, Graph graph) {
        if (loaded.observed().phase() == GraphPhase.STOPPED
                && loaded.observed().generation() == loaded.desired().generation()) {
            recorder.note(loaded, GraphPhase.STOPPED, graph.services().size());
            return new Next.Done();
        }
        GraphRecord record = begin(loaded, GraphPhase.STOPPING);
        Rollout.Report report = rollout.takeDown(record, graph);
        if (!report.converged()) {
            return goOn(record, GraphPhase.STOPPING, report);
        }
        recorder.release(record.id());
        roomMade.run();
        Conditions conditions = recorder.conditions(record).set(Condition.READY, false, "Stopped", "");
        recorder.save(record, GraphPhase.STOPPED, conditions, report.services());
        recorder.tellDone(
                record.id(),
                record.desired().generation(),
                record.desired().wish().number());
        return new Next.Done();
    }

    Next remove(GraphRecord loaded, Graph graph) {
        GraphRecord record = begin(loaded, GraphPhase.REMOVING);
        Rollout.Report report = rollout.takeDown(record, graph);
        if (!report.converged()) {
            return goOn(record, GraphPhase.REMOVING, report);
        }
        recorder.delete(record.id());
        LOG.info("graph={} removed", record.id());
        recorder.tellGone(record);
        roomMade.run();
        return new Next.Done();
    }

    private GraphRecord begin(GraphRecord loaded, GraphPhase phase) {
        return recorder.save(
                loaded, phase, recorder.conditions(loaded), loaded.observed().services());
    }

    private Next goOn(GraphRecord record, GraphPhase phase, Rollout.Report report) {
        Conditions conditions = recorder.conditions(record).set(Condition.READY, false, phase.name(), report.message());
        recorder.save(record, phase, conditions, report.services());
        report.failure().ifPresent(e -> recorder.tellFailed(record.desired(), e));
        return report.failure().isPresent() ? new Next.Retry() : new Next.Again(poll);
    }
}
