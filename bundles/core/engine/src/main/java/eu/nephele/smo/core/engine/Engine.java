// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.OperationService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.store.AlertStore;
import eu.nephele.smo.core.contract.store.CapacityStore;
import eu.nephele.smo.core.contract.store.ClusterStore;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.PlanStore;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.contract.store.TombstoneStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
     * @param memory what it remembers
     */
    public record Rooms(
            Memory memory,
            DescriptorReader reader,
            IntentTranslator translator,
            PlacementDecider placement,
            ScalingDecider scaling,
            Journal journal) {}

    /**
     * Where the engine keeps what it must not forget.
     *
     * @param capacity memory of the ledger
     * @param installationId id of this installation, which everything outside is marked with
     */
    public record Memory(
            GraphStore graphs,
            CapacityStore capacity,
            OperationStore operations,
            RevisionStore revisions,
            PlanStore plans,
            AlertStore alerts,
            ClusterStore clusters,
            TombstoneStore tombstones,
            String installationId) {}

    /** The doors for users. */
    public record Doors(
            GraphService graphs,
            OperationService operations,
            PlanService plans,
            ClusterService clusters,
            AlertService alerts) {}

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SCALING_TICK = Duration.ofSeconds(1);

    private final Memory memory;
    private final Scheduler scheduler;
    private final EngineSettings settings;
    private final Ports ports;
    private final ClusterBoard board;
    private final Graphs graphs;
    private final Census census = new Census();
    private final Operations operations;
    private final Recorder recorder;
    private final WorkQueue<GraphId> queue;
    private final ScalingPass scaling;
    private final Sweep sweep;
    private final ClusterDesk clusters;
    private final Doors doors;
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
        this.memory = rooms.memory();
        this.ports = ports;
        this.settings = settings;
        this.scheduler = scheduler;
        this.graphs = new Graphs(rooms.reader());
        this.board = new ClusterBoard(ports, memory.capacity(), settings.failoverGrace(), clock);
        this.operations = new Operations(memory.operations(), clock);
        Views views = new Views(graphs);
        Happenings happenings = new Happenings(clock);
        Declarations declarations = new Declarations(clock);
        Problems problems = new Problems(board, ports);
        Effective effective = new Effective(settings.scaling());
        Proposer proposer = new Proposer(board, problems, effective, rooms.translator(), rooms.placement());
        Decisions decisions = new Decisions(board, happenings, clock);
        Designs designs = new Designs(memory.revisions(), rooms.reader());
        Placer placer = new Placer(
                memory.graphs(), board, proposer, decisions, designs, rooms.journal(), census, operations, clock);
        ScalingSchedule schedule = new ScalingSchedule(settings.scaling().interval());
        Releases releases = new Releases(ports, memory.installationId());
        Watches watches = new Watches(ports, memory.installationId());
        Rollout rollout = new Rollout(ports, board, releases, watches, clock);
        this.recorder =
                new Recorder(memory.graphs(), graphs, views, board, operations, happenings, census, schedule, clock);
        Automation automation =
                new Automation(board, decisions, settings.failoverGrace(), settings.replacementInterval(), clock);
        Retirement retirement = new Retirement(
                memory.graphs(), memory.alerts(), declarations, rollout, recorder, settings.poll(), this::planRefresh);
        Compensation compensation = new Compensation(
                memory.graphs(),
                memory.revisions(),
                rooms.reader(),
                declarations,
                placer,
                rollout,
                recorder,
                settings.poll(),
                this::planRefresh);
        Reconciler reconciler = new Reconciler(
                memory.graphs(),
                graphs,
                operations,
                declarations,
                automation,
                placer,
                rollout,
                retirement,
                compensation,
                recorder,
                new Deadlines(settings.progressDeadline(), clock),
                settings,
                this::planRefresh);
        this.queue = new WorkQueue<>(
                scheduler,
                reconciler::pass,
                settings.firstBackOff(),
                settings.longestBackOff(),
                new Random(settings.hashCode()));
        this.scaling = new ScalingPass(
                memory.graphs(),
                graphs,
                board,
                problems,
                new Demand(ports, rooms.scaling(), effective, settings.scaling()),
                rooms.scaling(),
                rooms.journal(),
                clock,
                queue::add,
                queue::exclusively,
                schedule,
                automation,
                happenings);
        this.sweep = new Sweep(
                memory.graphs(),
                memory.tombstones(),
                graphs,
                ports,
                releases,
                watches,
                queue::exclusively,
                queue::add,
                memory.installationId(),
                settings.orphanGrace(),
                clock);
        Repeats repeats = new Repeats(memory.operations(), memory.graphs(), operations, views);
        this.clusters = new ClusterDesk(
                memory.clusters(),
                memory.graphs(),
                memory.operations(),
                operations,
                repeats,
                board,
                census,
                happenings,
                queue::add,
                clock);
        Lifecycle lifecycle = new Lifecycle(
                memory.graphs(),
                memory.revisions(),
                rooms.reader(),
                views,
                graphs,
                board,
                operations,
                repeats,
                happenings,
                declarations,
                new Removals(memory.graphs(), queue::add, settings.removalWait()),
                queue::add,
                clock);
        this.doors = new Doors(
                lifecycle,
                new OperationDesk(
                        memory.operations(),
                        memory.graphs(),
                        memory.revisions(),
                        rooms.reader(),
                        graphs,
                        operations,
                        declarations,
                        clusters,
                        queue::add,
                        clock),
                new Planner(
                        memory.graphs(),
                        memory.plans(),
                        rooms.reader(),
                        graphs,
                        board,
                        declarations,
                        designs,
                        proposer,
                        decisions,
                        rooms.journal(),
                        lifecycle,
                        repeats,
                        settings.planValidity(),
                        clock),
                clusters,
                new AlertDesk(memory.graphs(), memory.alerts(), graphs, declarations, queue::add, clock));
    }

    /** Picks up everything that is stored; from here on the engine works by itself. */
    public void start() {
        memory.capacity().rebuild();
        operations.load();
        clusters.load();
        for (GraphRecord record : memory.graphs().list()) {
            if (record.desired().provisional() && record.decided().isEmpty()) {
                LOG.info("graph={} was never decided and nobody waits for it any more: removed", record.id());
                recorder.reject(
                        record,
                        SmoException.conflict(
                                "The server ended before it was decided, and nothing is kept; send it again"),
                        List.of());
                continue;
            }
            record.decided().ifPresent(decided -> recorder.track(record, graphs.of(record.desired()), decided));
        }
        ports.listen(this::planRefresh, workload -> queue.add(workload.graph()));
        refresh();
        memory.graphs().list().forEach(record -> queue.add(record.id()));
        operations.graphs().forEach(queue::add);
        scheduler.after(settings.drift(), this::refreshRegularly);
        scheduler.after(settings.sweep(), this::sweepRegularly);
        scheduler.after(SCALING_TICK, this::scaleRegularly);
    }

    /** Tells how many graphs there are in which phase, how many services, how many graphs are queued. */
    public void publish(Measurements measurements) {
        census.publish(measurements);
        measurements.gauge("smo_engine_queue_graphs", Map.of(), queue, WorkQueue::size);
    }

    /** The doors for users. */
    public Doors doors() {
        return doors;
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
            boolean blind = board.blind().isPresent();
            boolean changed = board.refresh();
            if (blind && board.blind().isEmpty()) {
                memory.graphs().list().forEach(record -> queue.add(record.id()));
            }
            clusters.noted(board.states(), ports.answering());
            clusters.followDrains();
            if (changed) {
                census.takeWaiting().forEach(queue::add);
                board.stranded().forEach(queue::add);
            }
        } catch (AdapterException | SmoException e) {
            LOG.warn("The state of the clusters could not be read; tried again: {}", e.getMessage());
        }
    }

    private void sweepRegularly() {
        try {
            sweep.run();
        } catch (AdapterException | SmoException e) {
            LOG.warn("What is outside could not be compared with what is wanted; tried again: {}", e.getMessage());
        } finally {
            scheduler.after(settings.sweep(), this::sweepRegularly);
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
