// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.contract.store.GraphServices;
import eu.nephele.smo.core.contract.work.PassTimings;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.Scheduler;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.contract.work.WorkProbe;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.alert.AlertHandler;
import eu.nephele.smo.core.engine.alert.AuthorizedAlertService;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.AuthorizedClusterService;
import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.engine.context.GraphContentDigest;
import eu.nephele.smo.core.engine.decision.DecisionModule;
import eu.nephele.smo.core.engine.demand.DemandModule;
import eu.nephele.smo.core.engine.demand.DemandQueries;
import eu.nephele.smo.core.engine.fleet.EngineFleet;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.lifecycle.LifecycleModule;
import eu.nephele.smo.core.engine.operation.AuthorizedOperationService;
import eu.nephele.smo.core.engine.operation.OperationQueries;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.overview.AuthorizedLoadService;
import eu.nephele.smo.core.engine.overview.AuthorizedOverviewService;
import eu.nephele.smo.core.engine.overview.GraphDirectory;
import eu.nephele.smo.core.engine.reconcile.PassMeter;
import eu.nephele.smo.core.engine.reconcile.ReconcileModule;
import eu.nephele.smo.core.engine.reconcile.Resync;
import eu.nephele.smo.core.engine.rollout.RolloutModule;
import eu.nephele.smo.core.engine.scaling.ScalingPass;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;
import eu.nephele.smo.core.engine.scaling.ScalingTally;
import eu.nephele.smo.core.engine.status.StatusModule;
import eu.nephele.smo.core.engine.work.AdmissionController;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine and its parts: a work queue of graphs, the capacity ledger, the scaling pass. Runs in OSGi behind
 * {@link EngineComponent} and in any other program that provides its dependencies.
 */
@Metric(
        value = "smo_engine_queue_graphs",
        type = MetricType.GAUGE,
        unit = "graphs",
        meaning = "Graphs that are queued or in a pass")
@Metric(
        value = "smo_engine_overdue_graphs",
        type = MetricType.GAUGE,
        unit = "graphs",
        meaning = "Graphs in their desired state whose routine pass is due")
public final class Engine implements AutoCloseable {

    public record EngineServices(
            GraphService graphs,
            OperationService operations,
            PlanService plans,
            ClusterService clusters,
            AlertService alerts,
            FleetWorld fleet,
            OverviewService overview,
            LoadService loads) {}

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int PAGE = 500;
    /** Graphs that are improved at once: few, so that a change that comes now finds free workers soon. */
    private static final int IMPROVED_AT_ONCE = 10;
    /** Graphs whose intents are looked at again within a second: bounded work, however many there are. */
    private static final int REVIEWED_AT_ONCE = 10;

    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration WATCH = Duration.ofSeconds(2);
    private static final Duration TOGETHER = Duration.ofMillis(50);

    private enum StartStage {
        STANDING_BY,
        BEGINNING,
        WORKING
    }

    private final Scheduler scheduler;
    private final Scheduler beside;
    private final PassTimings<GraphId> times;
    private final PassMeter passMeter;
    private final WorkQueue<GraphId> queue;
    private final AdmissionController admission;
    private final EngineContext context;
    private final GraphModule register;
    private final GraphDirectory directory;
    private final OperationTracker operations;
    private final ClusterModule clusterModule;
    private final DecisionModule decision;
    private final RolloutModule rolloutModule;
    private final DemandModule demand;
    private final ScalingPass scaling;
    private final ReentrantLock scalingTurns = new ReentrantLock();
    private final ScalingPlans plans;
    private final ScalingTally scalingTally;
    private final StatusModule status;
    private final ReconcileModule loops;
    private final EngineServices engineServices;
    private final Authorizer authorizer;
    private Optional<HealthProbe> probe = Optional.empty();
    private Optional<EngineActivity> activity = Optional.empty();
    /** Changes of clusters come in bursts and are processed together. */
    private final CoalescedTask news;

    /** Services that are waited for are decided together. */
    private final CoalescedTask wakeUps;

    private final CoalescedTask afterFailure;
    /** Task that polls the awaited sources again before the wait for them ends. */
    private final CoalescedTask whilePatient;

    private volatile StartStage stage = StartStage.STANDING_BY;
    private volatile boolean refused;

    /**
     * An engine on threads of its own; {@link #start()} starts it.
     *
     * @param ports adapters, now or later
     * @param workers graphs that are reconciled at the same time, 1 or more
     */
    public Engine(EngineDependencies engineDependencies, AdapterPorts ports, EngineSettings settings, int workers) {
        this(
                engineDependencies,
                ports,
                settings,
                workers,
                new ThreadScheduler("engine", workers),
                new ThreadScheduler("engine", 1));
    }

    private Engine(
            EngineDependencies engineDependencies,
            AdapterPorts ports,
            EngineSettings settings,
            int workers,
            ThreadScheduler scheduler,
            ThreadScheduler beside) {
        this(engineDependencies, ports, settings, scheduler, beside, Clock.systemUTC(), System::nanoTime);
        this.probe =
                Optional.of(new EngineProbe(new WorkProbe("engine", List.of(scheduler, beside), queue), () -> refused));
        this.activity = Optional.of(new PassActivity(queue, times, workers));
    }

    /** Modules in the order of their dependencies: each gets only those that it may use. */
    Engine(
            EngineDependencies engineDependencies,
            AdapterPorts ports,
            EngineSettings settings,
            Scheduler scheduler,
            Scheduler beside,
            Clock clock,
            LongSupplier nanos) {
        this.scheduler = scheduler;
        this.beside = beside;
        this.news = new CoalescedTask(scheduler, settings.settle(), this::followNews);
        this.wakeUps = new CoalescedTask(scheduler, TOGETHER, this::scale);
        this.afterFailure = new CoalescedTask(scheduler, AGAIN, this::planRefresh);
        this.whilePatient = new CoalescedTask(scheduler, TICK, this::planRefresh);
        this.authorizer = engineDependencies
                .access()
                .authorizer("The engine")
                .digesting(
                        new GraphContentDigest(engineDependencies.engineStores().graphs()));
        this.passMeter = new PassMeter(nanos);
        this.times = new PassTimings<>(clock, nanos, processorTime());
        this.queue = new WorkQueue<>(
                scheduler,
                id -> times.timed(id, this::pass),
                this::laneOf,
                settings.backOff(),
                new Random(settings.hashCode()),
                nanos);
        this.admission = new AdmissionController(settings.admission(), queue);
        this.context = new EngineContext(engineDependencies, settings, queue, admission, clock, new SeenTime(nanos));
        this.register = GraphModule.from(context);
        this.directory = new GraphDirectory(register.graphs(), register.views(), nanos);
        this.operations = new OperationTracker(context.memory().operations(), clock, context.tracing());
        this.clusterModule = ClusterModule.create(context, ports, register, operations);
        this.decision = DecisionModule.create(context, register, operations, clusterModule);
        this.rolloutModule = RolloutModule.create(context, clusterModule, register.dashboards(), beside);
        this.plans = new ScalingPlans(settings.scaling().interval(), clock);
        DemandQueries queries = new DemandQueries(settings.scaling().rateWindow());
        this.demand = DemandModule.create(
                settings.scaling(),
                queries,
                ports,
                engineDependencies.scaling(),
                graph -> plans.demands(graph, queries),
                clock);
        plans.alsoForget(demand::forget);
        this.scalingTally = plans.tally();
        this.scaling = ScalingPass.create(context, register, clusterModule, decision, plans, demand);
        this.status = StatusModule.create(context, register, operations, clusterModule, plans, this::planRefresh);
        this.loops =
                ReconcileModule.create(context, register, operations, clusterModule, decision, rolloutModule, status);
        LifecycleModule lifecycle = LifecycleModule.create(
                context, register, operations, clusterModule, decision, rolloutModule.requests(), authorizer);
        OperationQueries operationQueries = new OperationQueries(
                register.revisions(),
                register.graphs(),
                operations,
                register.declarations(),
                clusterModule.clusterOperations()::cancel,
                queue,
                clock);
        AlertHandler alerts = new AlertHandler(
                context.memory().alerts(),
                register.graphs(),
                register.declarations(),
                context::wake,
                plans::hastenResting,
                clock);
        this.engineServices = new EngineServices(
                lifecycle.graphs(),
                new AuthorizedOperationService(operationQueries, authorizer),
                lifecycle.plans(),
                new AuthorizedClusterService(clusterModule.clusterOperations(), authorizer),
                new AuthorizedAlertService(alerts, authorizer),
                EngineFleet.create(
                        context, register.graphs(), clusterModule.clusterInventory(), decision, lifecycle.moves()),
                new AuthorizedOverviewService(directory, register.views(), authorizer),
                new AuthorizedLoadService(register.graphs(), ports::metrics, queries, authorizer, clock));
    }

    /** CPU time of the calling thread in nanoseconds; 0 where Java does not report it. */
    private static LongSupplier processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads::getCurrentThreadCpuTime : () -> 0;
    }

    private PassResult pass(GraphId id) {
        return register.placementOrder().during(id, () -> loops.trace().within(id, this::measured));
    }

    private PassResult measured(GraphId id) {
        return passMeter.measured(id, loops.reconciler()::pass);
    }

    /** The reason for passes over graphs without any event: changes that no adapter reports. */
    private PriorityLevel laneOf(GraphId id) {
        List<Operation> open = operations.list(id);
        boolean leaves = open.stream().anyMatch(each -> each.kind() == Kind.REMOVE || each.kind() == Kind.FORCE_REMOVE);
        return leaves ? PriorityLevel.REMOVAL : open.isEmpty() ? PriorityLevel.ROUTINE : PriorityLevel.PROGRESS;
    }

    /** This server stands by: reads are answered, and nothing is changed or begun. */
    public void standBy() {
        authorizer.hold();
        scheduler.after(TICK, this::watchRegularly);
    }

    private void watchRegularly() {
        try {
            watch();
        } catch (AdapterException | SmoException e) {
            LOG.debug("polling clusters failed while standing by; retrying", e);
        } finally {
            if (stage == StartStage.STANDING_BY) {
                scheduler.after(WATCH, this::watchRegularly);
            }
        }
    }

    private synchronized void watch() {
        if (stage == StartStage.STANDING_BY) {
            clusterModule.clusterOperations().load();
            clusterModule.clusterInventory().watch();
        }
    }

    /** This server works from now on, as soon as the stored graphs are loaded: retried until they are. */
    public void begin() {
        try {
            start();
            refused = false;
        } catch (RuntimeException e) {
            LOG.warn("loading stored graphs failed; retrying in {} ms", TICK.toMillis(), e);
            refused = true;
            scheduler.after(TICK, this::begin);
        }
    }

    /** Enters the next stage under the lock of the engine, so that watching and beginning do not happen at once. */
    private synchronized void enter(StartStage next) {
        stage = next;
    }

    /** Loads everything that is stored; from here on the engine works by itself. */
    public void start() {
        enter(StartStage.BEGINNING);
        directory.begin();
        clusterModule.clusterInventory().begin();
        EngineStores engineStores = context.memory();
        EngineSettings settings = context.settings();
        Map<GraphId, Map<ClusterId, Resources>> reserved =
                engineStores.capacity().rebuild();
        operations.load();
        clusterModule.clusterOperations().load();
        List<GraphId> known = trackAll(reserved);
        clusterModule.ports().listen(this::planRefresh, this::workloadChanged, this::requestsWait);
        refresh(clusterModule.clusterInventory()::refresh);
        known.forEach(id -> queue.add(id, PriorityLevel.ROUTINE));
        operations.graphs().forEach(queue::add);
        scheduler.after(settings.drift(), this::refreshRegularly);
        scheduler.after(settings.sweep().every(), this::sweepRegularly);
        scheduler.after(TICK, this::scaleRegularly);
        beside.after(TICK, this::followDemandRegularly);
        scheduler.after(TICK, this::resyncRegularly);
        scheduler.after(TICK, this::improveRegularly);
        enter(StartStage.WORKING);
        authorizer.begin();
    }

    private void workloadChanged(WorkloadRef workload) {
        clusterModule.clusterInventory().stir(workload.graph());
        queue.addNews(workload.graph());
    }

    /** Somebody waits for a service that may rest: nothing waits for an interval, or for the next second. */
    private void requestsWait(WorkloadRef workload) {
        if (plans.hastenResting(workload.graph(), workload.service())) {
            wakeUps.plan();
        }
    }

    /** In pages and without descriptors: the server is not ready before, and passes read the graphs soon enough. */
    private List<GraphId> trackAll(Map<GraphId, Map<ClusterId, Resources>> reserved) {
        List<GraphId> known = new ArrayList<>();
        List<GraphServices> page;
        Optional<GraphId> last = Optional.empty();
        do {
            page = register.graphs().services(last, PAGE);
            page.forEach(graph -> register.graphIndex().rank(graph.id(), graph.priority()));
            page.forEach(graph -> status.holdings().track(graph, reserved.getOrDefault(graph.id(), Map.of())));
            page.forEach(graph -> known.add(graph.id()));
            last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).id());
        } while (page.size() == PAGE);
        return register.graphIndex().byPriority(known);
    }

    public void publish(MetricsRecorder metricsRecorder) {
        register.graphIndex().publish(metricsRecorder);
        operations.publish(metricsRecorder);
        metricsRecorder.gauge("smo_engine_queue_graphs", Map.of(), queue, WorkQueue::size);
        metricsRecorder.gauge("smo_engine_overdue_graphs", Map.of(), loops.resync(), Resync::overdue);
        passMeter.publish(metricsRecorder);
        admission.publish(metricsRecorder);
        scalingTally.publish(metricsRecorder);
    }

    public AdmissionController admission() {
        return admission;
    }

    /** Returns the probe of the engine; empty where it runs on threads of others. */
    public Optional<HealthProbe> probe() {
        return probe;
    }

    /** Returns its present activity; empty if it runs on threads of another component. */
    public Optional<EngineActivity> activity() {
        return activity;
    }

    public EngineServices doors() {
        return engineServices;
    }

    /** All running work continues after the next start. */
    @Override
    public void close() {
        authorizer.close();
        operations.leave();
        int left = authorizer.awaitLast(PATIENCE);
        if (left > 0) {
            LOG.warn("engine stopping with unfinished calls count={}", left);
        }
        clusterModule.ports().listen(() -> {}, workload -> {}, workload -> {});
        clusterModule.ports().close();
        queue.close();
        rolloutModule.dashboards().close();
        scheduler.close();
        beside.close();
    }

    /** A quota was changed: graphs that wait may be placed now. */
    public void quotaChanged() {
        if (stage == StartStage.WORKING) {
            planRefresh();
        }
    }

    private void planRefresh() {
        news.plan();
    }

    private void followNews() {
        refresh(clusterModule.clusterInventory()::follow);
        register.placementOrder().callWaiting();
    }

    private void refreshRegularly() {
        try {
            refresh(clusterModule.clusterInventory()::refresh);
        } finally {
            scheduler.after(context.settings().drift(), this::refreshRegularly);
        }
    }

    /** @param look polls the clusters; returns whether there is a reason to reconcile graphs again */
    private void refresh(BooleanSupplier look) {
        try {
            boolean blind = clusterModule.clusterInventory().blind().isPresent();
            boolean changed = look.getAsBoolean();
            if (blind && clusterModule.clusterInventory().blind().isEmpty()) {
                register.graphIndex().byPriority(register.graphs().ids()).forEach(queue::add);
            }
            if (clusterModule.clusterInventory().blind().isPresent()
                    && clusterModule.clusterInventory().isPatient()) {
                whilePatient.plan();
            }
            clusterModule.clusterOperations().follow();
            rolloutModule.dashboards().ensure(clusterModule.clusterInventory().states());
            if (changed) {
                register.placementOrder().callWaiting();
                clusterModule.clusterInventory().stranded().forEach(queue::add);
            }
        } catch (AdapterException | SmoException e) {
            LOG.warn("reading cluster state failed reason=\"{}\"; retrying", e.getMessage());
            afterFailure.plan();
        }
    }

    private void sweepRegularly() {
        try {
            loops.sweep().run();
        } catch (AdapterException | SmoException e) {
            LOG.warn("orphan collection failed reason=\"{}\"; retrying at the next interval", e.getMessage());
        } finally {
            scheduler.after(context.settings().sweep().every(), this::sweepRegularly);
        }
    }

    private void scaleRegularly() {
        try {
            scale();
        } finally {
            scheduler.after(TICK, this::scaleRegularly);
        }
    }

    /** Regularly, and when somebody waits: one after the other. */
    private void scale() {
        if (!scalingTurns.tryLock()) {
            // waiting would keep a worker from what the pass under way asks for
            wakeUps.plan();
            return;
        }
        try {
            long begun = System.nanoTime();
            scaling.run();
            scalingTally.took(Duration.ofNanos(System.nanoTime() - begun));
        } catch (SmoException e) {
            LOG.warn("scaling failed reason=\"{}\"; retrying at the next interval", e.getMessage());
        } finally {
            scalingTurns.unlock();
        }
    }

    private void followDemandRegularly() {
        try {
            demand.work();
        } catch (AdapterException | SmoException e) {
            LOG.warn("following demand failed reason=\"{}\"; retrying", e.getMessage());
        } finally {
            beside.after(TICK, this::followDemandRegularly);
        }
    }

    private void resyncRegularly() {
        try {
            context.time().now();
            loops.resync().run();
        } finally {
            scheduler.after(TICK, this::resyncRegularly);
        }
    }

    /** Intents are looked at again where that is due. Nobody waits for better places: only while there is nothing else to do. */
    private void improveRegularly() {
        try {
            decision.review().handlers(context.engineDependencies().translator().handlers());
            decision.review().take(REVIEWED_AT_ONCE).forEach(id -> queue.add(id, PriorityLevel.ROUTINE));
            if (queue.size() == 0) {
                decision.automation()
                        .improvable(IMPROVED_AT_ONCE, decision.problems()::signals)
                        .forEach(id -> queue.add(id, PriorityLevel.ROUTINE));
            }
        } catch (AdapterException | SmoException e) {
            LOG.debug("reading signals failed; improving nothing now", e);
        } finally {
            scheduler.after(TICK, this::improveRegularly);
        }
    }
}
