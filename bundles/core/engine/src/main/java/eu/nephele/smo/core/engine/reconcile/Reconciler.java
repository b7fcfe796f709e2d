// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.dashboard.DashboardDesk;
import eu.nephele.smo.core.engine.decision.Placer;
import eu.nephele.smo.core.engine.decision.Steps;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.proposal.Automation;
import eu.nephele.smo.core.engine.rollout.Failures;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.Outcome;
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.status.Recorder.Sight;
import eu.nephele.smo.core.engine.work.Deadlines;
import eu.nephele.smo.core.engine.work.WorkQueue.Next;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One pass over one graph: load, observe, decide what is open, make the world as decided, record what was seen. The same pass
 * runs for every reason to look at a graph; there is no other deployment code.
 */
public final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** Phases from which a graph that has a place starts to deploy. */
    private static final Set<GraphPhase> ENTRANCE =
            EnumSet.of(GraphPhase.PENDING, GraphPhase.PLACING, GraphPhase.STOPPING, GraphPhase.STOPPED);

    private final GraphStore store;
    private final Graphs graphs;
    private final Operations operations;
    private final Declarations declarations;
    private final Automation automation;
    private final Placer placer;
    private final Rollout rollout;
    private final Retirement retirement;
    private final Compensation compensation;
    private final Departure departure;
    private final DashboardDesk dashboards;
    private final Recorder recorder;
    private final RunningStatus status;
    private final Resync resync;
    private final Deadlines deadlines;
    private final EngineSettings settings;
    private final Runnable roomMade;

    Reconciler(
            GraphStore store,
            Graphs graphs,
            Operations operations,
            Declarations declarations,
            Automation automation,
            Placer placer,
            Rollout rollout,
            Retirement retirement,
            Compensation compensation,
            Departure departure,
            DashboardDesk dashboards,
            Recorder recorder,
            Resync resync,
            Deadlines deadlines,
            EngineSettings settings,
            ScalingDecider scaling,
            Runnable roomMade) {
        this.store = store;
        this.graphs = graphs;
        this.operations = operations;
        this.declarations = declarations;
        this.automation = automation;
        this.placer = placer;
        this.rollout = rollout;
        this.retirement = retirement;
        this.compensation = compensation;
        this.departure = departure;
        this.dashboards = dashboards;
        this.recorder = recorder;
        this.status = new RunningStatus(recorder, automation, scaling);
        this.resync = resync;
        this.deadlines = deadlines;
        this.settings = settings;
        this.roomMade = roomMade;
    }

    /** One pass over one graph; says when it wants the next. */
    public Next pass(GraphId id) {
        MDC.put("graph", id.toString());
        resync.forget(id);
        try {
            List<Operation> open = operations.of(id);
            Optional<GraphRecord> record = store.find(id);
            if (record.isEmpty()) {
                operations.settleGone(id, open);
                departure.forget(id);
                return new Next.Done();
            }
            operations.settleFormer(record.get(), open);
            operations.due(record.get()).stream().findFirst().ifPresent(Reconciler::mark);
            return pass(record.get());
        } catch (SmoException e) {
            LOG.warn("graph={} pass put off: {} ({})", id, e.getMessage(), e.source());
            return next(e);
        } catch (RuntimeException e) {
            LOG.error("graph={} pass failed, tried again; this is a defect", id, e);
            tellDefect(id, e);
            return new Next.Refused();
        } finally {
            MDC.remove("graph");
            MDC.remove("operation");
            MDC.remove("correlationId");
        }
    }

    /** Nobody shall wait for a graph whose passes fail without knowing it. */
    private void tellDefect(GraphId id, RuntimeException defect) {
        try {
            store.find(id).ifPresent(record -> {
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
                        Sight.unchanged(record),
                        new Outcome.HeldUp(why));
            });
        } catch (RuntimeException e) {
            LOG.warn("graph={} what happened could not be stored: {}", id, e.getMessage());
        }
    }

    private static void mark(Operation operation) {
        MDC.put("operation", operation.id());
        if (!operation.origin().correlationId().isEmpty()) {
            MDC.put("correlationId", operation.origin().correlationId());
        }
    }

    private Next pass(GraphRecord record) {
        Graph graph;
        try {
            graph = graphs.of(record.desired());
        } catch (RuntimeException e) {
            return unreadable(record, e);
        }
        return switch (record.desired().state()) {
            case RUNNING -> Compensation.isUndoing(record) ? compensation.undo(record, graph) : run(record, graph);
            case STOPPED -> retirement.stop(record, graph);
            case REMOVED -> retirement.remove(record, graph);
        };
    }

    /** A graph whose stored descriptor cannot be read any more can only be removed by force; the sweep removes what it has installed. */
    private Next unreadable(GraphRecord record, RuntimeException why) {
        boolean forced =
                record.desired().state() == DesiredState.REMOVED && recorder.isDue(record, Operation.Kind.FORCE_REMOVE);
        if (!forced) {
            throw why;
        }
        LOG.error("graph={} its stored descriptor cannot be read; it is removed by force", record.id(), why);
        departure.removed(
                record, "its descriptor cannot be read; its releases and alert rules are removed as orphans: " + why);
        roomMade.run();
        return new Next.Done();
    }

    private Next run(GraphRecord record, Graph graph) {
        Placer.Answer answer;
        try {
            answer = placer.settle(
                    record,
                    graph,
                    automation.wanted(record, graph),
                    (decided, running) -> entrance(decided, graph, running));
        } catch (SmoException e) {
            return undecidable(record, graph, e);
        }
        if (answer instanceof Placer.Answer.Settled settled) {
            if (settled.changed()) {
                recorder.track(record, settled.decided());
                recorder.entered(record.observed().phase(), settled.graph());
                recorder.tellDecided(settled.graph());
            }
            return roll(settled.graph(), settled.decided(), graph);
        } else if (answer instanceof Placer.Answer.NoRoom noRoom) {
            return noRoom(record, graph, noRoom);
        }
        return new Next.Again(Duration.ZERO);
    }

    /** A graph that has a place begins to deploy, in one with the decision. */
    private Alongside entrance(GraphRecord record, Graph graph, List<Operation> running) {
        if (!ENTRANCE.contains(record.observed().phase())) {
            return Alongside.of(List.of(), running);
        }
        Decided decided = record.decided().orElseThrow();
        return recorder.entering(record, GraphPhase.DEPLOYING, beginning(record, decided, graph), running);
    }

    private Conditions beginning(GraphRecord record, Decided decided, Graph graph) {
        return recorder.conditions(record)
                .set(Condition.PLACED, true, "Placed", "")
                .set(Condition.READY, false, "Progressing", begins(decided, graph));
    }

    private Next roll(GraphRecord loaded, Decided decided, Graph graph) {
        boolean settled =
                loaded.observed().convergedGeneration() == loaded.desired().generation();
        if (settled && rollout.isBlind(decided)) {
            LOG.info("graph={} is left as it is until its adapters are there", loaded.id());
            return new Next.Retry();
        }
        long edition = resync.edition();
        GraphRecord record = new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed());
        if (ENTRANCE.contains(loaded.observed().phase())) {
            record = recorder.save(
                    record,
                    GraphPhase.DEPLOYING,
                    beginning(loaded, decided, graph),
                    Sight.unchanged(loaded),
                    new Outcome.Going());
        }
        Rollout.Report report = rollout.advance(record, graph, decided, handsOff(record, graph));
        if (settled && rollout.isBlind(decided)) {
            LOG.info(
                    "graph={} its adapters went away while it was looked at: what was not seen is not missing",
                    loaded.id());
            return new Next.Retry();
        }
        if (report.arrived() && placer.arrived(record, decided) == CommitResult.STORED) {
            recorder.track(record, decided.arrived());
            rollout.moved(record);
            roomMade.run();
            return new Next.Again(Duration.ZERO);
        }
        if (!report.gone().isEmpty()) {
            store.update(
                    declarations.retired(record.desired(), report.gone()),
                    Alongside.of(recorder.removed(record, withoutPresent(report.gone(), graph)), List.of()));
            graphs.forget(record.id());
            return new Next.Again(Duration.ZERO);
        }
        Optional<SmoException> fatal = fatal(record, report);
        Optional<Next> compensated = fatal.flatMap(why -> {
            report.failure().ifPresent(failure -> warn(loaded, failure));
            return compensation.begin(
                    new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed()), graph, why);
        });
        if (compensated.isPresent()) {
            return compensated.get();
        }
        Outcome outcome = report.converged()
                ? new Outcome.Done()
                : fatal.<Outcome>map(Outcome.Failed::new)
                        .orElseGet(
                                () -> new Outcome.Going(report.failure().map(Failures::translated), report.message()));
        GraphRecord now = recorder.save(
                record,
                RunningStatus.phase(record, graph, report, fatal.isPresent()),
                status.conditions(record, decided, graph, report, dashboards.ensure(graph)),
                new Sight(report.services(), report.drift(), List.of()),
                outcome);
        report.failures().forEach(failure -> warn(loaded, failure));
        if (report.converged()) {
            deadlines.forget(record.id());
            return resync.takes(now, decided, report.seen(), edition)
                    ? new Next.Done()
                    : new Next.Again(settings.drift());
        }
        return report.failures().isEmpty() ? new Next.Again(settings.poll()) : Next.after(report.failures());
    }

    private static String begins(Decided decided, Graph graph) {
        return Steps.inOrder(graph).stream()
                .map(service -> Steps.begins(service, decided.placement().of(service.id())))
                .collect(Collectors.joining("; "));
    }

    /** A service whose artifact is of another type now is still there. */
    private static List<String> withoutPresent(Set<String> gone, Graph graph) {
        return gone.stream().filter(service -> graph.service(service).isEmpty()).toList();
    }

    private static void warn(GraphRecord record, AdapterException failure) {
        LOG.warn("graph={} {} refused or failed: {}", record.id(), failure.system(), failure.getMessage());
    }

    /** What was complete and then changed outside is only looked at where the graph says so, or is paused. */
    private static boolean handsOff(GraphRecord record, Graph graph) {
        return record.desired().paused() || graph.lifecycle().onDrift() == OnDrift.REPORT;
    }

    /** Why the change under way will not come to its end by trying again. */
    private Optional<SmoException> fatal(GraphRecord record, Rollout.Report report) {
        Optional<SmoException> refused =
                report.failure().filter(Failures::isForGood).map(Failures::translated);
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
                                .formatted(settings.progressDeadline().toSeconds(), report.message()),
                        Optional.empty()))
                : Optional.empty();
    }

    private Next noRoom(GraphRecord record, Graph graph, Placer.Answer.NoRoom noRoom) {
        if (noRoom.inForce().isPresent()) {
            GraphRecord answered = noRoom.inForce().get();
            Decided inForce = answered.decided().orElseThrow();
            recorder.fail(answered, operation -> operation.kind() == Operation.Kind.PLACE, noRoom.why());
            if (record.decided().map(Decided::generation).orElse(0L) != inForce.generation()) {
                recorder.track(answered, inForce);
                recorder.entered(record.observed().phase(), answered);
                recorder.tellDecided(answered);
            }
            if (automation.lost(answered).isEmpty()) {
                recorder.waitsForRoom(record.id());
                return roll(answered, inForce, graph);
            }
            if (record.decided().map(Decided::wishNumber).orElse(0L) < inForce.wishNumber()) {
                // only the wish was refused and is answered now; that a cluster is lost is no reason to give a change
                // up with it
                return new Next.Again(Duration.ZERO);
            }
        }
        if (record.desired().provisional() && record.decided().isEmpty()) {
            departure.rejected(record, noRoom.why(), noRoom.news());
            return new Next.Done();
        }
        // That no cluster at all is ready is an outage: it says nothing about the new revision.
        Optional<Next> compensated =
                placer.isOutage() ? Optional.empty() : compensation.giveUpRevision(record, graph, noRoom.why());
        if (compensated.isPresent()) {
            return compensated.get();
        }
        LOG.info("graph={} waits for room: {}", record.id(), noRoom.why().getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, false, "Infeasible", noRoom.why().getMessage())
                .set(Condition.READY, false, "NotPlaced", "Tried again when capacity changes");
        GraphPhase from = record.observed().phase();
        boolean runs = !ENTRANCE.contains(from) && from != GraphPhase.FAILED;
        recorder.save(
                record,
                runs ? GraphPhase.DEGRADED : GraphPhase.PENDING,
                conditions,
                Sight.of(waiting(record, graph, runs)).with(noRoom.news()),
                new Outcome.HeldUp(noRoom.why()));
        recorder.waitsForRoom(record.id());
        return new Next.Again(settings.drift());
    }

    private Next undecidable(GraphRecord record, Graph graph, SmoException e) {
        boolean wrong = e.kind() == SmoException.Kind.INVALID;
        if (wrong && record.desired().provisional() && record.decided().isEmpty()) {
            departure.rejected(record, e, List.of());
            return new Next.Done();
        }
        Optional<Next> compensated = wrong ? compensation.begin(record, graph, e) : Optional.empty();
        if (compensated.isPresent()) {
            return compensated.get();
        }
        LOG.warn("graph={} cannot be decided on now: {}", record.id(), e.getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, record.decided().isPresent(), "Undecidable", e.getMessage())
                .set(Condition.READY, false, "Undecidable", e.getMessage());
        recorder.save(
                record,
                record.observed().phase(),
                conditions,
                Sight.unchanged(record),
                wrong ? new Outcome.Failed(e) : new Outcome.Going(Optional.of(e), e.getMessage()));
        return next(e);
    }

    private static Next next(SmoException why) {
        return switch (why.kind()) {
            case UNAVAILABLE, TIMED_OUT -> new Next.Retry();
            default -> new Next.Refused();
        };
    }

    private static Map<String, ObservedService> waiting(GraphRecord record, Graph graph, boolean runs) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services().forEach(service -> {
            ServiceState state = service.trigger().isConditional() ? ServiceState.PENDING : ServiceState.NOT_DEPLOYED;
            ObservedService waits = new ObservedService(state, 0, 0, Optional.empty(), List.of(), "waits for room");
            services.put(service.id(), runs ? record.observed().services().getOrDefault(service.id(), waits) : waits);
        });
        return services;
    }
}
