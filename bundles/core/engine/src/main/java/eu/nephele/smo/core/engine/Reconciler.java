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
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
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
    private final ClusterBoard board;
    private final Placer placer;
    private final Rollout rollout;
    private final Retirement retirement;
    private final Recorder recorder;
    private final EngineSettings settings;
    private final Clock clock;
    private final Runnable roomMade;

    Reconciler(
            GraphStore store,
            Graphs graphs,
            ClusterBoard board,
            Placer placer,
            Rollout rollout,
            Recorder recorder,
            EngineSettings settings,
            Clock clock,
            Runnable roomMade) {
        this.store = store;
        this.graphs = graphs;
        this.board = board;
        this.placer = placer;
        this.rollout = rollout;
        this.retirement = new Retirement(rollout, recorder, settings.poll(), roomMade);
        this.recorder = recorder;
        this.settings = settings;
        this.clock = clock;
        this.roomMade = roomMade;
    }

    Next pass(GraphId id) {
        MDC.put("graph", id.toString());
        try {
            Optional<GraphRecord> record = store.find(id);
            if (record.isEmpty()) {
                recorder.forget(id);
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
            case STOPPED -> retirement.stop(record, graph);
            case REMOVED -> retirement.remove(record, graph);
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
                recorder.track(graph, settled.decided());
                recorder.tellDecided(record.id());
            }
            return roll(record, settled.decided(), graph);
        } else if (answer instanceof Placer.Answer.NoRoom noRoom) {
            return noRoom(record, graph, noRoom);
        }
        return new Next.Again(Duration.ZERO);
    }

    private Next roll(GraphRecord loaded, Decided decided, Graph graph) {
        GraphRecord record = new GraphRecord(loaded.desired(), Optional.of(decided), loaded.observed());
        if (ENTRANCE.contains(loaded.observed().phase())) {
            record = recorder.save(
                    record,
                    GraphPhase.DEPLOYING,
                    recorder.conditions(loaded),
                    loaded.observed().services());
        }
        Rollout.Report report = rollout.advance(record, graph, decided);
        if (report.arrived() && placer.arrived(record, decided) == CommitResult.STORED) {
            recorder.track(graph, decided.withLeaving(Placement.NONE));
            rollout.moved(record);
            roomMade.run();
            return new Next.Again(Duration.ZERO);
        }
        recorder.save(
                record, phase(record, graph, report), conditions(record, decided, graph, report), report.services());
        if (report.failure().isPresent()) {
            recorder.tellFailed(record.desired(), report.failure().get());
            return new Next.Retry();
        }
        if (report.converged()) {
            recorder.tellDone(record.id(), decided.generation(), decided.wishNumber());
            return new Next.Again(settings.drift());
        }
        return new Next.Again(settings.poll());
    }

    private Conditions conditions(GraphRecord record, Decided decided, Graph graph, Rollout.Report report) {
        String progress = report.failure().isPresent() ? "StepFailed" : "Progressing";
        boolean asWished = decided.strategies().isEmpty();
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, true, "Placed", graph.staticPlacement() ? "Placed by its charts" : "")
                .set(Condition.READY, report.converged(), report.converged() ? "AllReady" : progress, report.message())
                .set(Condition.STRATEGY_AVAILABLE, asWished, asWished ? "AsWished" : "Fallback", decided.strategies());
        List<String> warnings = Stream.concat(record.desired().warnings().stream(), decided.warnings().stream())
                .distinct()
                .toList();
        return warnings.isEmpty()
                ? conditions.drop(Condition.INTENTS_HONOURED)
                : conditions.set(Condition.INTENTS_HONOURED, false, "Warnings", String.join("; ", warnings));
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

    private Next noRoom(GraphRecord record, Graph graph, Placer.Answer.NoRoom noRoom) {
        recorder.tellFailed(record.desired(), noRoom.why());
        if (noRoom.inForce().isPresent() && lostClusters(record).isEmpty()) {
            return roll(record, noRoom.inForce().get(), graph);
        }
        if (isProvisional(record)) {
            recorder.delete(record.id());
            return new Next.Done();
        }
        LOG.info("graph={} waits for room: {}", record.id(), noRoom.why().getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, false, "Infeasible", noRoom.why().getMessage())
                .set(Condition.READY, false, "NotPlaced", "Tried again when capacity changes");
        GraphPhase from = record.observed().phase();
        boolean runs = !ENTRANCE.contains(from) && from != GraphPhase.FAILED;
        recorder.save(
                record, runs ? GraphPhase.DEGRADED : GraphPhase.PENDING, conditions, waiting(record, graph, runs));
        recorder.waitsForRoom(record.id());
        return new Next.Again(settings.drift());
    }

    private Next undecidable(GraphRecord record, SmoException e) {
        if (e.kind() == SmoException.Kind.INVALID) {
            recorder.tellFailed(record.desired(), e);
            if (isProvisional(record)) {
                recorder.delete(record.id());
                return new Next.Done();
            }
        }
        LOG.warn("graph={} cannot be decided on now: {}", record.id(), e.getMessage());
        Conditions conditions = recorder.conditions(record)
                .set(Condition.PLACED, record.decided().isPresent(), "Undecidable", e.getMessage())
                .set(Condition.READY, false, "Undecidable", e.getMessage());
        recorder.save(
                record, record.observed().phase(), conditions, record.observed().services());
        return new Next.Retry();
    }

    /** Nothing shall be kept of it, and nothing was decided yet. */
    private static boolean isProvisional(GraphRecord record) {
        return record.desired().provisional() && record.decided().isEmpty();
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

    private static Map<String, ObservedService> waiting(GraphRecord record, Graph graph, boolean runs) {
        Map<String, ObservedService> services = new LinkedHashMap<>();
        graph.services().forEach(service -> {
            ServiceState state = service.trigger().isConditional() ? ServiceState.PENDING : ServiceState.NOT_DEPLOYED;
            ObservedService waits = new ObservedService(state, 0, 0, Optional.empty(), "waits for room");
            services.put(service.id(), runs ? record.observed().services().getOrDefault(service.id(), waits) : waits);
        });
        return services;
    }
}
