// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conductor, put together: a work queue of graphs, the capacity ledger, the scaling pass. Runs in OSGi behind
 * {@link EngineComponent} and in any other program that brings the rooms it needs.
 */
public final class Engine implements AutoCloseable {

    /**
     * The rooms that the engine calls.
     *
     * @param capacity memory of the ledger
     */
    public record Rooms(
            GraphStore store,
            CapacityStore capacity,
            DescriptorReader reader,
            IntentTranslator translator,
            PlacementDecider placement,
            ScalingDecider scaling,
            Journal journal) {}

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SCALING_TICK = Duration.ofSeconds(1);

    private final Rooms rooms;
    private final Scheduler scheduler;
    private final EngineSettings settings;
    private final Ports ports;
    private final ClusterBoard board;
    private final Graphs graphs;
    private final Census census = new Census();
    private final Recorder recorder;
    private final WorkQueue<GraphId> queue;
    private final ScalingPass scaling;
    private final Lifecycle lifecycle;
    private final AtomicBoolean refreshPlanned = new AtomicBoolean();

    /**
     * An engine on threads of its own; {@link #start()} sets it going.
     *
     * @param ports adapters, now or later
     * @param workers graphs that are worked on at the same time, 1 or more
     */
    public Engine(Rooms rooms, Ports ports, EngineSettings settings, int workers) {
        this(rooms, ports, settings, new ThreadScheduler(workers), Clock.systemUTC());
    }

    Engine(Rooms rooms, Ports ports, EngineSettings settings, Scheduler scheduler, Clock clock) {
        this.rooms = rooms;
        this.ports = ports;
        this.settings = settings;
        this.scheduler = scheduler;
        this.graphs = new Graphs(rooms.reader());
        this.board = new ClusterBoard(ports, rooms.capacity(), clock);
        Views views = new Views(graphs);
        Waiters waiters = new Waiters();
        Problems problems = new Problems(board, ports);
        Effective effective = new Effective(settings.scaling());
        Placer placer = new Placer(
                rooms.store(),
                board,
                problems,
                effective,
                rooms.translator(),
                rooms.placement(),
                rooms.journal(),
                census,
                clock);
        ScalingSchedule schedule = new ScalingSchedule(settings.scaling().interval());
        Rollout rollout = new Rollout(ports, board, new Releases(ports), clock);
        this.recorder = new Recorder(rooms.store(), graphs, views, board, waiters, census, schedule, clock);
        Reconciler reconciler = new Reconciler(
                rooms.store(), graphs, board, placer, rollout, recorder, settings, clock, this::planRefresh);
        this.queue = new WorkQueue<>(
                scheduler,
                reconciler::pass,
                settings.firstBackOff(),
                settings.longestBackOff(),
                new Random(settings.hashCode()));
        this.scaling = new ScalingPass(
                rooms.store(),
                graphs,
                board,
                problems,
                new Demand(ports, rooms.scaling(), effective, settings.scaling()),
                rooms.scaling(),
                rooms.journal(),
                clock,
                queue::add,
                queue::exclusively,
                schedule);
        this.lifecycle =
                new Lifecycle(rooms.store(), views, graphs, board, waiters, queue::add, clock, settings.removalWait());
    }

    /** Picks up everything that is stored; from here on the engine works by itself. */
    public void start() {
        rooms.capacity().rebuild();
        for (GraphRecord record : rooms.store().list()) {
            if (record.desired().provisional() && record.decided().isEmpty()) {
                LOG.info("graph={} was never decided and nobody waits for it any more: removed", record.id());
                rooms.store().delete(record.id());
                continue;
            }
            record.decided().ifPresent(decided -> recorder.track(graphs.of(record.desired()), decided));
        }
        ports.listen(this::planRefresh, workload -> queue.add(workload.graph()));
        refresh();
        rooms.store().list().forEach(record -> queue.add(record.id()));
        scheduler.after(settings.drift(), this::refreshRegularly);
        scheduler.after(SCALING_TICK, this::scaleRegularly);
    }

    /** Tells how many graphs there are in which phase, how many services, how many graphs are queued. */
    public void publish(Measurements measurements) {
        census.publish(measurements);
        measurements.gauge("smo_engine_queue_graphs", Map.of(), queue, WorkQueue::size);
    }

    /** The door for users. */
    public GraphService graphService() {
        return lifecycle;
    }

    @Override
    public void close() {
        ports.listen(() -> {}, workload -> {});
        ports.close();
        queue.close();
        scheduler.close();
    }

    /** Changes of clusters come in bursts; they are looked at together. */
    private void planRefresh() {
        if (refreshPlanned.compareAndSet(false, true)) {
            scheduler.after(settings.settle(), () -> {
                refreshPlanned.set(false);
                refresh();
                census.takeWaiting().forEach(queue::add);
            });
        }
    }

    private void refreshRegularly() {
        try {
            refresh();
        } finally {
            scheduler.after(settings.drift(), this::refreshRegularly);
        }
    }

    private void refresh() {
        try {
            if (board.refresh()) {
                census.takeWaiting().forEach(queue::add);
                board.stranded().forEach(queue::add);
            }
        } catch (AdapterException | SmoException e) {
            LOG.warn("The state of the clusters could not be read; tried again: {}", e.getMessage());
        }
    }

    private void scaleRegularly() {
        try {
            scaling.run();
        } catch (SmoException e) {
            LOG.warn("No replicas are decided now: {}", e.getMessage());
        } finally {
            scheduler.after(SCALING_TICK, this::scaleRegularly);
        }
    }
}
