// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.Observed;
import eu.nephele.smo.core.contract.store.Observed.ObservedService;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes note of what a pass saw and did: in the store, in the ledger's mirror, and towards those who wait. */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final GraphStore store;
    private final Graphs graphs;
    private final Views views;
    private final ClusterBoard board;
    private final Waiters waiters;
    private final Census census;
    private final ScalingSchedule schedule;
    private final Clock clock;

    Recorder(
            GraphStore store,
            Graphs graphs,
            Views views,
            ClusterBoard board,
            Waiters waiters,
            Census census,
            ScalingSchedule schedule,
            Clock clock) {
        this.store = store;
        this.graphs = graphs;
        this.views = views;
        this.board = board;
        this.waiters = waiters;
        this.census = census;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** The conditions of a graph, to be changed and saved. */
    Conditions conditions(GraphRecord record) {
        return new Conditions(
                record.observed().conditions(),
                clock.instant(),
                record.desired().generation());
    }

    /** Stores what was seen, if it differs from what is stored; the record as it is now. */
    GraphRecord save(
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
        note(record, phase, services.size());
        return new GraphRecord(record.desired(), record.decided(), seen);
    }

    /** Takes note of a graph's phase without storing anything. */
    void note(GraphRecord record, GraphPhase phase, int services) {
        census.note(record.id(), phase, services);
        int interval = graphs.of(record.desired()).scaling().intervalSeconds().orElse(0);
        schedule.note(record.id(), phase, interval, clock.instant());
    }

    /** The graph wants to be looked at when there is room. */
    void waitsForRoom(GraphId graph) {
        census.waiting(graph);
    }

    /** Takes note of what a graph runs and reserves. */
    void track(Graph graph, Decided decided) {
        Set<WorkloadRef> refs = graph.services().stream()
                .map(service -> new WorkloadRef(graph.id(), service.id()))
                .collect(Collectors.toSet());
        board.track(graph.id(), refs, Reservations.of(decided));
    }

    /** Gives back what a graph reserves; it runs nothing any more. */
    void release(GraphId graph) {
        store.release(graph);
        board.track(graph, Set.of(), Map.of());
    }

    /** Removes a graph and everything that is remembered of it. */
    void delete(GraphId graph) {
        store.delete(graph);
        forget(graph);
    }

    void forget(GraphId graph) {
        board.forget(graph);
        graphs.forget(graph);
        census.forget(graph);
        schedule.forget(graph);
    }

    void tellDecided(GraphId graph) {
        store.find(graph)
                .ifPresent(now -> waiters.decided(
                        graph, now.desired().generation(), now.desired().wish().number(), views.of(now)));
    }

    void tellDone(GraphId graph, long generation, long wish) {
        store.find(graph).ifPresent(now -> waiters.done(graph, generation, wish, views.of(now)));
    }

    void tellGone(GraphRecord last) {
        waiters.gone(last.id(), views.of(last));
    }

    void tellFailed(Desired desired, SmoException why) {
        waiters.failed(desired.id(), desired.generation(), desired.wish().number(), why);
    }

    /** Tells those who wait when trying again will not help by itself; what is only away now is tried again while they wait. */
    void tellFailed(Desired desired, AdapterException why) {
        LOG.warn("graph={} {} refused or failed: {}", desired.id(), why.system(), why.getMessage());
        if (Failures.isForGood(why)) {
            tellFailed(desired, Failures.translated(why));
        }
    }
}
