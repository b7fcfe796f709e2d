// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over one graph: load, observe, decide what is open, apply the decision, record the observation. The same
 * pass runs for every reason to reconcile a graph; there is no other deployment code.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final GraphRepository graphs;
    private final OperationTracker operations;
    private final RunningReconciler running;
    private final TeardownReconciler teardownReconciler;
    private final GraphFinalizer graphFinalizer;
    private final StatusRecorder recorder;
    private final Resync resync;

    Reconciler(
            GraphRepository graphs,
            OperationTracker operations,
            RunningReconciler running,
            TeardownReconciler teardownReconciler,
            GraphFinalizer graphFinalizer,
            StatusRecorder recorder,
            Resync resync) {
        this.graphs = graphs;
        this.operations = operations;
        this.running = running;
        this.teardownReconciler = teardownReconciler;
        this.graphFinalizer = graphFinalizer;
        this.recorder = recorder;
        this.resync = resync;
    }

    /** One pass over one graph; returns when the next is due. */
    public PassResult pass(GraphId id) {
        resync.forget(id);
        try {
            List<Operation> open = operations.list(id);
            Optional<GraphRecord> record = graphs.find(id);
            if (record.isEmpty()) {
                operations.settleGone(id, open);
                graphFinalizer.forget(id);
                return new PassResult.Finished();
            }
            operations.settleFormer(record.get(), open);
            return pass(record.get());
        } catch (SmoException e) {
            LOG.warn("pass postponed graph={} reason=\"{}\" system={}", id, e.getMessage(), e.source());
            return next(e);
        } catch (RuntimeException e) {
            LOG.error("pass failed unexpectedly graph={}; retrying, this is a defect", id, e);
            tellDefect(id, e);
            return new PassResult.PassRejected();
        }
    }

    /** Publishes that passes of a graph fail, so that its users do not wait for it without knowing. */
    private void tellDefect(GraphId id, RuntimeException defect) {
        try {
            graphs.find(id).ifPresent(record -> {
                SmoException why = SmoException.of(
                        SmoException.Kind.UPSTREAM_FAILED,
                        "smo",
                        "A pass over the graph failed, which is a defect of the server; the log has its trace: "
                                + defect,
                        Optional.empty());
                recorder.save(
                        record,
                        record.observed().phase(),
                        recorder.conditions(record).set(Condition.READY, false, "InternalError", why.getMessage()),
                        PassObservation.unchanged(record),
                        new PassOutcome.HeldUp(why));
            });
        } catch (RuntimeException e) {
            LOG.warn("storing the failure of a pass failed graph={} reason=\"{}\"", id, e.getMessage());
        }
    }

    private PassResult pass(GraphRecord record) {
        Graph graph;
        try {
            graph = graphs.read(record.desired());
        } catch (RuntimeException e) {
            return unreadable(record, e);
        }
        return switch (record.desired().state()) {
            case RUNNING -> running.pass(record, graph);
            case STOPPED -> teardownReconciler.stop(record, graph);
            case REMOVED -> teardownReconciler.remove(record, graph);
        };
    }

    /**
     * A graph whose stored descriptor cannot be read any more can only be removed by force; the sweep removes what it
     * has installed.
     */
    private PassResult unreadable(GraphRecord record, RuntimeException why) {
        boolean forced =
                record.desired().state() == DesiredState.REMOVED && recorder.isDue(record, Operation.Kind.FORCE_REMOVE);
        if (!forced) {
            throw why;
        }
        LOG.error("reading stored descriptor failed graph={}; the graph is removed by force", record.id(), why);
        graphFinalizer.removed(
                record, "its descriptor cannot be read; its releases and alert rules are removed as orphans: " + why);
        return new PassResult.Finished();
    }

    /** The delay of the next pass after a failure that is no defect. */
    static PassResult next(SmoException why) {
        return switch (why.kind()) {
            case UNAVAILABLE, TIMED_OUT -> new PassResult.Retry();
            default -> new PassResult.PassRejected();
        };
    }
}
