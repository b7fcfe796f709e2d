// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import eu.nephele.smo.core.engine.WorkQueue.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One pass over one graph: load, observe, decide what is open, make the world as decided, record what was seen. The same pass
 * runs for every reason to look at a graph; there is no other deployment code.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** Phases from which a graph that has a place starts to deploy. */
    private static final Set<GraphPhase> ENTRANCE =
            EnumSet.of(GraphPhase.PENDING, GraphPhase.PLACING, GraphPhase.STOPPING, GraphPhase.STOPPED);

    private final GraphStore store;
    private final Graphs graphs;
    private final Views views;
    private final ClusterBoard board;
    private final Placer placer;
    private final Rollout rollout;
    private final Waiters waiters;
    private final Census census;
    private final ScalingSchedule schedule;
    private final EngineSettings settings;
    private final Clock clock;
    private final Runnable roomMade;

    Reconciler(
            GraphStore store,
            Graphs graphs,
            Views views,
            ClusterBoard board,
            Placer placer,
            Rollout rollout,
            Waiters waiters,
            Census census,
            ScalingSchedule schedule,
            EngineSettings settings,
            Clock clock,
            Runnable roomMade) {
        this.store = store;
        this.graphs = graphs;
        this.views = views;
        this.board = board;
        this.placer = placer;
        this.rollout = rollout;
        this.waiters = waiters;
        this.census = census;
        this.schedule = schedule;
        this.settings = settings;
        this.clock = clock;
        this.roomMade = roomMade;
    }

    Next pass(GraphId id) {
        MDC.put("graph", id.toString());
        try {
            Optional<GraphRecord> record = store.find(id);
            if (record.isEmpty()) {
                forget(id);
                return new Next.Done();
            }
            return pass(record.get());
        } catch (SmoException e) {
            LOG.warn("graph={} pass put off: {} ({})", id, e.getMessage(), e.source());
            return new Next.Retry();
        } finally {
            MDC.remove("graph");
        }
    }

    private Next pass(GraphRecord record) {
        Graph graph = graphs.of(record.desired());
        return switch (record.desired().state()) {
            case RUNNING -> run(record, graph);
            case STOPPED -> stop(record, graph);
            case REMOVED -> remove(record, graph);
        };
    }

    private Next run(GraphRecord record, Graph graph) {
        Placer.Answer answer;
        try {
            answer = placer.settle(record, graph, lostClusters(record));
        } catch (SmoException e) {
            return undecidable(record, e);
        }
        if (answer instanceof Placer.Answer.Settled settled) {
            if (settled.changed()) {
                track(record.id(), graph, settled.decided());
                decidedNow(record);
            }
            return roll(new GraphRecord(record.desired(), Optional.of(settled.decided()), record.observed()), graph);
        } else if (answer instanceof Placer.Answer.NoRoom noRoom) {
            return noRoom(record, graph, noRoom);
        }
        return new Next.Again(Duration.ZERO);
    }

    private void decidedNow(GraphRecord record) {
        store.find(record.id())
                .ifPresent(now -> waiters.decided(
                        now.id(),
                        now.desired().generation(),
                        now.desired().wish().number(),
                        views.of(now)));
    }

    private Next roll(GraphRecord loaded, Graph graph) {
        Decided decided = loaded.decided().orElseThrow();
        GraphRecord record = loaded;
        if (ENTRANCE.contains(loaded.observed().phase())) {
            record = save(
                    loaded,
                    GraphPhase.DEPLOYING,
                    conditions(loaded),
                    loaded.observed().services());
        }
        Rollout.Report report = rollout.advance(record, graph, decided);
        if (report.arrived() && placer.arrived(record, decided) == CommitResult.STORED) {
            track(record.id(), graph, decided.withLeaving(Placement.NONE));
            rollout.moved(record);
            roomMade.run();
            return new Next.Again(Duration.ZERO);
        }
        GraphPhase phase = phase(record, graph, report);
        Conditions conditions = conditions(record)
                .set(Condition.PLACED, true, "Placed", graph.staticPlacement() ? "Placed by its charts" : "")
                .set(
                        Condition.READY,
                        report.converged(),
                        report.converged() ? "AllReady" : report.failure().isPresent() ? "StepFailed" : "Progressing",
                        report.message());
        spoken(conditions, record, decided);
        save(record, phase, conditions, report.services());
        if (report.failure().isPresent()) {
            failed(record, report.failure().get());
            return new Next.Retry();
        }
        if (report.converged()) {
            store.find(record.id())
                    .ifPresent(
                            now -> waiters.done(now.id(), decided.generation(), decided.wishNumber(), views.of(now)));
            return new Next.Again(settings.drift());
        }
        return new Next.Again(settings.poll());
    }

    /** What intents and strategies had to say. */
    private static void spoken(Conditions conditions, GraphRecord record, Decided decided) {
        List<String> warnings = Stream.concat(record.desired().warnings().stream(), decided.warnings().stream())
                .distinct()
                .toList();
        if (warnings.isEmpty()) {
            conditions.drop(Condition.INTENTS_HONOURED);
        } else {
            conditions.set(Condition.INTENTS_HONOURED, false, "Warnings", String.join("; ", warnings));
        }
        conditions.set(
                Condition.STRATEGY_AVAILABLE,
                decided.strategies().isEmpty(),
                decided.strategies().isEmpty() ? "AsWished" : "Fallback",
                decided.strategies());
    }

    private Next noRoom(GraphRecord record, Graph graph, Placer.Answer.NoRoom noRoom) {
        waiters.failed(
                record.id(),
                record.desired().generation(),
                record.desired().wish().number(),
                noRoom.why());
        if (noRoom.inForce().isPresent() && lostClusters(record).isEmpty()) {
            return roll(new GraphRecord(record.desired(), noRoom.inForce(), record.observed()), graph);
        }
        if (record.desired().provisional() && record.decided().isEmpty()) {
            store.delete(record.id());
            forget(record.id());
            return new Next.Done();
        }
        LOG.info("graph={} waits for room: {}", record.id(), noRoom.why().getMessage());
        Conditions conditions = conditions(record)
                .set(Condition.PLACED, false, "Infeasible", noRoom.why().getMessage())
                .set(Condition.READY, false, "NotPlaced", "Tried again when capacity changes");
        boolean ranBefore = noRoom.inForce().isPresent();
        GraphPhase phase = ranBefore ? GraphPhase.DEGRADED : GraphPhase.PENDING;
        save(record, phase, conditions, waiting(record, graph, ranBefore));
        census.waiting(record.id());
        return new Next.Again(settings.drift());
    }

    private Next undecidable(GraphRecord record, SmoException e) {
        if (e.kind() == SmoException.Kind.INVALID) {
            waiters.failed(
                    record.id(),
                    record.desired().generation(),
                    record.desired().wish().number(),
                    e);
            if (record.desired().provisional() && record.decided().isEmpty()) {
                store.delete(record.id());
                forget(record.id());
                return new Next.Done();
            }
        }
        LOG.warn("graph={} cannot be decided on now: {}", record.id(), e.getMessage());
        Conditions conditions = conditions(record)
                .set(Condition.PLACED, record.decided().isPresent(), "Undecidable", e.getMessage())
                .set(Condition.READY, false, "Undecidable", e.getMessage());
        save(record, record.observed().phase(), conditions, record.observed().services());
        return new Next.Retry();
    }

    private Next stop(GraphRecord loaded, Graph graph) {
        if (loaded.observed().phase() == GraphPhase.STOPPED
                && loaded.observed().generation() == loaded.desired().generation()) {
            census.note(loaded.id(), GraphPhase.STOPPED, graph.services().size());
            return new Next.Done();
        }
        GraphRecord record = save(
                loaded,
                GraphPhase.STOPPING,
                conditions(loaded),
                loaded.observed().services());
        Rollout.Report report = rollout.takeDown(record, graph);
        if (report.failure().isPresent() || !report.converged()) {
            return takingDown(record, GraphPhase.STOPPING, report);
        }
        store.release(record.id());
        board.track(record.id(), Set.of(), Map.of());
        roomMade.run();
        Conditions conditions = conditions(record).set(Condition.READY, false, "Stopped", "");
        save(record, GraphPhase.STOPPED, conditions, report.services());
        store.find(record.id())
                .ifPresent(now -> waiters.done(
                        now.id(),
                        record.desired().generation(),
                        record.desired().wish().number(),
                        views.of(now)));
        return new Next.Done();
    }

    private Next remove(GraphRecord loaded, Graph graph) {
        GraphRecord record = save(
                loaded,
                GraphPhase.REMOVING,
                conditions(loaded),
                loaded.observed().services());
        Rollout.Report report = rollout.takeDown(record, graph);
        if (report.failure().isPresent() || !report.converged()) {
            return takingDown(record, GraphPhase.REMOVING, report);
        }
        store.delete(record.id());
        LOG.info("graph={} removed", record.id());
        waiters.gone(record.id(), views.of(record));
        forget(record.id());
        roomMade.run();
        return new Next.Done();
    }

    private Next takingDown(GraphRecord record, GraphPhase phase, Rollout.Report report) {
        Conditions conditions = conditions(record).set(Condition.READY, false, phase.name(), report.message());
        save(record, phase, conditions, report.services());
        report.failure().ifPresent(e -> failed(record, e));
        return report.failure().isPresent() ? new Next.Retry() : new Next.Again(settings.poll());
    }

    /** Tells those who wait when trying again will not help by itself; what is only away now is tried again while they wait. */
    private void failed(GraphRecord record, AdapterException e) {
        LOG.warn("graph={} {} refused or failed: {}", record.id(), e.system(), e.getMessage());
        if (Failures.isForGood(e)) {
            waiters.failed(
                    record.id(),
                    record.desired().generation(),
                    record.desired().wish().number(),
                    Failures.translated(e));
        }
    }

    private GraphPhase phase(GraphRecord record, Graph graph, Rollout.Report report) {
        if (report.failure().map(Failures::isForGood).orElse(false)) {
            return GraphPhase.FAILED;
        }
        if (report.converged()) {
            boolean waits = graph.services().stream()
                    .anyMatch(service -> service.trigger().isConditional()
                            && !record.desired().activated().contains(service.id()));
            return waits ? GraphPhase.WAITING : GraphPhase.RUNNING;
        }
        return switch (record.observed().phase()) {
            case RUNNING, WAITING, UPDATING, DEGRADED ->
                report.progressing() ? GraphPhase.UPDATING : GraphPhase.DEGRADED;
            default -> GraphPhase.DEPLOYING;
        };
    }

    private Set<ClusterId> lostClusters(GraphRecord record) {
        Instant limit = clock.instant().minus(settings.failoverGrace());
        return record.decided().map(Decided::placement).stream()
                .flatMap(placement -> placement.clusters().stream())
                .filter(cluster -> board.awaySince(cluster)
                        .map(since -> !since.isAfter(limit))
                        .orElse(false))
                .collect(Collectors.toSet());
    }

    private static Map<String, ObservedService> waiting(GraphRecord record, Graph graph, boolean ranBefore) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services().forEach(service -> {
            ObservedService last = record.observed().services().get(service.id());
            services.put(
                    service.id(),
                    ranBefore && last != null
                            ? last
                            : new ObservedService(
                                    service.trigger().isConditional()
                                            ? ServiceState.PENDING
                                            : ServiceState.NOT_DEPLOYED,
                                    0,
                                    0,
                                    Optional.empty(),
                                    "waits for room"));
        });
        return services;
    }

    private Conditions conditions(GraphRecord record) {
        return new Conditions(
                record.observed().conditions(),
                clock.instant(),
                record.desired().generation());
    }

    /** Stores what was seen, if it differs from what is stored; the record as it is now. */
    private GraphRecord save(
            GraphRecord record, GraphPhase wanted, Conditions conditions, Map<String, ObservedService> services) {
        GraphPhase from = record.observed().phase();
        GraphPhase phase = wanted;
        if (!PhaseTable.allows(from, wanted)) {
            LOG.error("graph={} illegal transition {} → {} refused; this is a defect", record.id(), from, wanted);
            phase = from;
        }
        Observed seen = new Observed(
                phase, conditions.list(), services, record.desired().generation());
        if (!seen.equals(record.observed())) {
            store.observe(record.id(), seen);
            if (phase != from) {
                LOG.info("graph={} {} → {}", record.id(), from, phase);
            }
        }
        census.note(record.id(), phase, services.size());
        schedule.note(
                record.id(),
                phase,
                graphs.of(record.desired()).scaling().intervalSeconds().orElse(0),
                clock.instant());
        return new GraphRecord(record.desired(), record.decided(), seen);
    }

    void track(GraphId id, Graph graph, Decided decided) {
        Set<WorkloadRef> refs = graph.services().stream()
                .map(service -> new WorkloadRef(id, service.id()))
                .collect(Collectors.toSet());
        board.track(id, refs, Reservations.of(decided));
    }

    private void forget(GraphId id) {
        board.forget(id);
        graphs.forget(id);
        census.forget(id);
        schedule.forget(id);
    }
}
