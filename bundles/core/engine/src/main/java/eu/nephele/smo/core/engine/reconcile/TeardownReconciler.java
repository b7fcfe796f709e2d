// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.dashboard.DashboardController;
import eu.nephele.smo.core.engine.decision.OperationSteps;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.rollout.FailureTranslator;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a pass that takes graphs down: stopped ones keep their descriptor, removed ones leave nothing. */
final class TeardownReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(TeardownReconciler.class);

    private final GraphRepository graphs;
    private final DesiredGraphFactory desiredGraphFactory;
    private final Rollout rollout;
    private final DashboardController dashboards;
    private final StatusRecorder recorder;
    private final GraphFinalizer graphFinalizer;

    TeardownReconciler(
            GraphRepository graphs,
            DesiredGraphFactory desiredGraphFactory,
            Rollout rollout,
            DashboardController dashboards,
            StatusRecorder recorder,
            GraphFinalizer graphFinalizer) {
        this.graphs = graphs;
        this.desiredGraphFactory = desiredGraphFactory;
        this.rollout = rollout;
        this.dashboards = dashboards;
        this.recorder = recorder;
        this.graphFinalizer = graphFinalizer;
    }

    PassResult stop(GraphRecord loaded, Graph graph) {
        if (loaded.observed().phase() == GraphPhase.STOPPED
                && loaded.observed().convergedGeneration() == loaded.desired().generation()) {
            recorder.record(loaded, GraphPhase.STOPPED, graph.services().size());
            return new PassResult.Finished();
        }
        GraphRecord record = begin(loaded, graph, GraphPhase.STOPPING);
        Rollout.Report report = rollout.takeDown(record, graph);
        if (!report.converged()) {
            return goOn(record, GraphPhase.STOPPING, report);
        }
        graphFinalizer.rests(record.id());
        if (!record.desired().retiring().isEmpty()) {
            return retired(record, graph, report.gone());
        }
        Conditions conditions = recorder.conditions(record)
                .set(Condition.READY, false, "Stopped", report.message())
                .drop(Condition.IN_SYNC)
                .drop(Condition.SCALED);
        recorder.save(
                record,
                GraphPhase.STOPPED,
                conditions,
                PassObservation.of(report.services()),
                new PassOutcome.Succeeded(report.message()));
        return new PassResult.Finished();
    }

    /** Retiring services are gone. One whose artifact is of another type now is still there. */
    PassResult retired(GraphRecord record, Graph graph, Set<String> services) {
        List<String> gone = services.stream()
                .filter(service -> graph.service(service).isEmpty())
                .toList();
        graphs.update(
                desiredGraphFactory.retired(record.desired(), services),
                TransactionalWrites.of(recorder.removed(record, gone), List.of()));
        return new PassResult.RequeueAfter(Duration.ZERO);
    }

    PassResult remove(GraphRecord loaded, Graph graph) {
        GraphRecord record = begin(loaded, graph, GraphPhase.REMOVING);
        Rollout.Report report = rollout.takeDown(record, graph);
        boolean forced = recorder.isDue(record, Kind.FORCE_REMOVE);
        if (!report.converged() && !forced) {
            return goOn(record, GraphPhase.REMOVING, report);
        }
        boolean pictured = record.observed().conditions().stream()
                .anyMatch(condition -> condition.type().equals(Condition.DASHBOARDS_PUBLISHED));
        if (pictured) {
            dashboards.remove(record.id());
        }
        graphFinalizer.removed(record, report.message());
        LOG.info("graph removed graph={} leftovers=\"{}\"", record.id(), report.message());
        return new PassResult.Finished();
    }

    /** Publishes the removal before any outside call, which may take long. */
    private GraphRecord begin(GraphRecord loaded, Graph graph, GraphPhase phase) {
        List<PlanStep> steps = new OperationSteps(loaded).takeDown(graph);
        Conditions conditions = recorder.conditions(loaded);
        if (loaded.observed().phase() != phase) {
            conditions.set(Condition.READY, false, phase.name(), describe(steps));
        }
        return recorder.save(
                loaded,
                phase,
                conditions,
                new PassObservation(loaded.observed().services(), List.of(), List.of()),
                new PassOutcome.NotStarted(steps));
    }

    private static String describe(List<PlanStep> steps) {
        return steps.stream()
                .map(step -> "%s: %s".formatted(step.service(), step.detail()))
                .collect(Collectors.joining("; "));
    }

    /** Every failure is reported; none of them keeps the other removals from being tried, now and again later. */
    private PassResult goOn(GraphRecord record, GraphPhase phase, Rollout.Report report) {
        Conditions conditions = recorder.conditions(record).set(Condition.READY, false, phase.name(), report.message());
        PassOutcome outcome = report.failure()
                .<PassOutcome>map(failure -> {
                    SmoException why = FailureTranslator.translated(failure, report.message());
                    return FailureTranslator.isForGood(failure)
                            ? new PassOutcome.HeldUp(why)
                            : new PassOutcome.InProgress(Optional.of(why), report.message());
                })
                .orElseGet(() -> new PassOutcome.InProgress(Optional.empty(), report.message()));
        recorder.save(record, phase, conditions, PassObservation.of(report.services()), outcome);
        report.failures()
                .forEach(failure -> LOG.warn(
                        "removal step failed graph={} system={} reason=\"{}\"",
                        record.id(),
                        failure.system(),
                        failure.getMessage()));
        return rollout.next(report);
    }
}
