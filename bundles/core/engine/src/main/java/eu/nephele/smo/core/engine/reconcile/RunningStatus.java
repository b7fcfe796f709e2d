// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.dashboard.DashboardController;
import eu.nephele.smo.core.engine.dashboard.DashboardController.DashboardStatus;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.IntentReview;
import eu.nephele.smo.core.engine.rollout.FailureTranslator;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.scaling.UnsupportedScaling;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.PassOutcome;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import eu.nephele.smo.core.engine.status.StatusRecorder.PassObservation;
import eu.nephele.smo.core.engine.work.ProgressDeadlines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Phase and conditions of a graph that shall run, from the report of a roll-out. */
final class RunningStatus {

    private final StatusRecorder recorder;
    private final AutomaticPlacement automation;
    private final IntentReview review;
    private final ScalingDecider scaling;
    private final DashboardController dashboards;
    private final ProgressDeadlines deadlines;

    RunningStatus(
            StatusRecorder recorder,
            AutomaticPlacement automation,
            IntentReview review,
            ScalingDecider scaling,
            DashboardController dashboards,
            ProgressDeadlines deadlines) {
        this.recorder = recorder;
        this.automation = automation;
        this.review = review;
        this.scaling = scaling;
        this.dashboards = dashboards;
        this.deadlines = deadlines;
    }

    /** The reason why retries will not complete the change under way. */
    Optional<SmoException> fatal(GraphRecord record, Rollout.Report report) {
        Optional<SmoException> refused =
                report.failure().filter(FailureTranslator::isForGood).map(FailureTranslator::translated);
        boolean converged =
                record.observed().convergedGeneration() == record.desired().generation();
        if (refused.isPresent() || converged || report.converged()) {
            return refused;
        }
        return deadlines.exceeded(record.id(), record.desired().generation())
                ? Optional.of(SmoException.of(
                        SmoException.Kind.TIMED_OUT,
                        "smo",
                        "Not all is ready after %d s: %s"
                                .formatted(deadlines.limit().toSeconds(), report.message()),
                        Optional.empty()))
                : Optional.empty();
    }

    /** @param fatal why the change will not complete, if it will not */
    GraphRecord save(
            GraphRecord record,
            DecidedGraph decided,
            Graph graph,
            Rollout.Report report,
            Optional<SmoException> fatal) {
        PassOutcome outcome = report.converged()
                ? new PassOutcome.Succeeded()
                : fatal.<PassOutcome>map(PassOutcome.Failed::new)
                        .orElseGet(() -> new PassOutcome.InProgress(
                                report.failure().map(FailureTranslator::translated), report.message()));
        GraphRecord now = recorder.save(
                record,
                phase(record, graph, report, fatal.isPresent()),
                conditions(record, decided, graph, report, dashboards.ensure(graph)),
                new PassObservation(report.services(), report.drift(), List.of()),
                outcome);
        if (report.converged()) {
            deadlines.forget(record.id());
            automation.converged(now, decided, graph);
        }
        return now;
    }

    private Conditions conditions(
            GraphRecord record,
            DecidedGraph decided,
            Graph graph,
            Rollout.Report report,
            Optional<DashboardStatus> dashboards) {
        String progress = report.failures().isEmpty() ? "Progressing" : "StepFailed";
        boolean asWished = decided.provenance().strategies().isEmpty();
        Set<ClusterId> lost = automation.lost(record);
        String placed = graph.staticPlacement() ? "Placed by its charts" : "";
        Conditions conditions = recorder.conditions(record)
                .set(
                        Condition.PLACED,
                        lost.isEmpty(),
                        lost.isEmpty() ? "Placed" : "ClusterLost",
                        lost.isEmpty() ? placed : stranded(record, lost))
                .set(Condition.READY, report.converged(), report.converged() ? "AllReady" : progress, report.message())
                .set(
                        Condition.STRATEGY_AVAILABLE,
                        asWished,
                        asWished ? "AsWished" : "Fallback",
                        decided.provenance().strategies())
                .set(
                        Condition.IN_SYNC,
                        report.drift().isEmpty(),
                        report.drift().isEmpty() ? "AsLeft" : "Drifted",
                        report.drift().stream()
                                .map(drift -> "%s: %s is %s, expected %s"
                                        .formatted(drift.service(), drift.field(), drift.actual(), drift.expected()))
                                .collect(Collectors.joining("; ")))
                .set(
                        Condition.AUTOMATED,
                        !record.desired().paused(),
                        record.desired().paused() ? "Paused" : "Active",
                        record.desired().paused() ? "Automation is paused until it is resumed" : "");
        dashboards.ifPresentOrElse(
                now -> conditions.set(Condition.DASHBOARDS_PUBLISHED, now.published(), now.reason(), now.message()),
                () -> conditions.drop(Condition.DASHBOARDS_PUBLISHED));
        automation.unscalable(record.id()).ifPresent(services -> scaled(conditions, services));
        if (report.obstacles().isEmpty()) {
            conditions.drop(Condition.REACHABLE);
        } else {
            conditions.set(Condition.REACHABLE, false, "KindsMissing", String.join("; ", report.obstacles()));
        }
        List<String> warnings = Stream.of(
                        record.desired().declaration().warnings(),
                        decided.constraints().warnings(),
                        review.notKept(record.id(), decided),
                        UnsupportedScaling.list(record, graph, scaling))
                .flatMap(List::stream)
                .distinct()
                .toList();
        return warnings.isEmpty()
                ? conditions.drop(Condition.INTENTS_HONOURED)
                : conditions.set(Condition.INTENTS_HONOURED, false, "Warnings", String.join("; ", warnings));
    }

    private static void scaled(Conditions conditions, Map<String, String> unscalable) {
        if (unscalable.isEmpty()) {
            conditions.drop(Condition.SCALED);
        } else {
            String message = unscalable.entrySet().stream()
                    .map(entry -> "%s: %s".formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining("; "));
            conditions.set(Condition.SCALED, false, "Infeasible", message);
        }
    }

    /** A lost cluster that is still decided on: nothing may move it, or not yet. */
    private static String stranded(GraphRecord record, Set<ClusterId> lost) {
        String why = record.desired().paused()
                ? "automation is paused"
                : "its budget of moves (lifecycle.maxMovesPerHour) is used up";
        return "%s: lost, and %s".formatted(lost.stream().map(ClusterId::name).collect(Collectors.joining(", ")), why);
    }

    private static GraphPhase phase(GraphRecord record, Graph graph, Rollout.Report report, boolean fatal) {
        if (fatal) {
            return GraphPhase.FAILED;
        }
        if (report.converged()) {
            boolean waits = graph.services().stream().anyMatch(record.desired()::awaitsTrigger);
            return waits ? GraphPhase.WAITING : GraphPhase.RUNNING;
        }
        boolean changed =
                record.observed().convergedGeneration() != record.desired().generation();
        return switch (record.observed().phase()) {
            case RUNNING, WAITING, UPDATING -> report.progressing() ? GraphPhase.UPDATING : GraphPhase.DEGRADED;
            // a failure without a change stays until it is fixed
            case DEGRADED -> report.progressing() && changed ? GraphPhase.UPDATING : GraphPhase.DEGRADED;
            default -> GraphPhase.DEPLOYING;
        };
    }
}
