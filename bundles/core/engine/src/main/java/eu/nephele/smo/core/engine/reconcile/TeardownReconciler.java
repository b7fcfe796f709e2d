// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import eu.nephele.smo.core.engine.dashboard.DashboardDesk;
import eu.nephele.smo.core.engine.decision.Steps;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.rollout.Failures;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.Outcome;
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.status.Recorder.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of a pass that takes graphs down: stopped ones keep their descriptor, removed ones leave nothing. */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Graphs graphs;
    private final Declarations declarations;
    private final Rollout rollout;
    private final DashboardDesk dashboards;
    private final Recorder recorder;
    private final Departure departure;

    Retirement(
            Graphs graphs,
            Declarations declarations,
            Rollout rollout,
            DashboardDesk dashboards,
            Recorder recorder,
            Departure departure) {
        this.graphs = graphs;
        this.declarations = declarations;
        this.rollout = rollout;
        this.dashboards = dashboards;
        this.recorder = recorder;
        this.departure = departure;
    }

    Next stop(GraphRecord loaded, Graph graph) {
        if (loaded.observed().phase() == GraphPhase.STOPPED
                && loaded.observed().convergedGeneration() == loaded.desired().generation()) {
            recorder.note(loaded, GraphPhase.STOPPED, graph.services().size());
            return new Next.Done();
        }
        GraphRecord record = begin(loaded, graph, GraphPhase.STOPPING);
        Rollout.Report report = rollout.takeDown(record, graph);
        if (!report.converged()) {
            return goOn(record, GraphPhase.STOPPING, report);
        }
        departure.rests(record.id());
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
                Sight.of(report.services()),
                new Outcome.Done(report.message()));
        return new Next.Done();
    }

    /** Nothing is left of services that retire. One whose artifact is of another type now is still there. */
    Next retired(GraphRecord record, Graph graph, Set<String> services) {
        List<String> gone = services.stream()
                .filter(service -> graph.service(service).isEmpty())
                .toList();
        graphs.update(
                declarations.retired(record.desired(), services),
                Alongside.of(recorder.removed(record, gone), List.of()));
        return new Next.Again(Duration.ZERO);
    }

    Next remove(GraphRecord loaded, Graph graph) {
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
        departure.removed(record, report.message());
        LOG.info("graph={} removed{}", record.id(), report.message().isEmpty() ? "" : "; left: " + report.message());
        return new Next.Done();
    }

    /** What is to go is said before anybody outside is asked: that may take long. */
    private GraphRecord begin(GraphRecord loaded, Graph graph, GraphPhase phase) {
        List<PlanStep> steps = new Steps(loaded).takeDown(graph);
        Conditions conditions = recorder.conditions(loaded);
        if (loaded.observed().phase() != phase) {
            conditions.set(Condition.READY, false, phase.name(), told(steps));
        }
        return recorder.save(
                loaded,
                phase,
                conditions,
                new Sight(loaded.observed().services(), List.of(), List.of()),
                new Outcome.Beginning(steps));
    }

    private static String told(List<PlanStep> steps) {
        return steps.stream()
                .map(step -> "%s: %s".formatted(step.service(), step.detail()))
                .collect(Collectors.joining("; "));
    }

    /** Every failure is told; none of them keeps the others from being tried, now and again later (D-43). */
    private Next goOn(GraphRecord record, GraphPhase phase, Rollout.Report report) {
        Conditions conditions = recorder.conditions(record).set(Condition.READY, false, phase.name(), report.message());
        Outcome outcome = report.failure()
                .<Outcome>map(failure -> {
                    SmoException why = Failures.translated(failure, report.message());
                    return Failures.isForGood(failure)
                            ? new Outcome.HeldUp(why)
                            : new Outcome.Going(Optional.of(why), report.message());
                })
                .orElseGet(() -> new Outcome.Going(Optional.empty(), report.message()));
        recorder.save(record, phase, conditions, Sight.of(report.services()), outcome);
        report.failures()
                .forEach(failure -> LOG.warn(
                        "graph={} {} refused or failed: {}", record.id(), failure.system(), failure.getMessage()));
        return rollout.next(report);
    }
}
