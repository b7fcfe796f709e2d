// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.fleet.FleetDependencies;
import eu.nephele.smo.core.fleet.FleetPlans;
import eu.nephele.smo.core.fleet.FleetSettings;
import eu.nephele.smo.core.journal.StoredJournal;
import eu.nephele.smo.core.rightsizing.Rightsizing;
import eu.nephele.smo.core.rightsizing.RightsizingDependencies;
import eu.nephele.smo.core.rightsizing.RightsizingSettings;
import eu.nephele.smo.core.rightsizing.WorkloadPorts;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.intents.availability.HighAvailabilityHandler;
import eu.nephele.smo.intents.compute.ComputeHandler;
import eu.nephele.smo.intents.location.AntiAffinityHandler;
import eu.nephele.smo.intents.location.LocationHandler;
import eu.nephele.smo.intents.location.SpreadHandler;
import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.VirtualClock;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.objectives.PreferencesObjective;
import eu.nephele.smo.placement.optimal.OptimalStrategy;
import eu.nephele.smo.scaling.cputhreshold.CpuThresholdStrategy;
import eu.nephele.smo.scaling.idle.IdleStrategy;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import eu.nephele.smo.scaling.scheduled.ScheduledStrategy;
import eu.nephele.smo.scaling.threshold.ThresholdStrategy;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The whole core in a plain program: real store, real descriptors, real strategies, simulated world, virtual time. */
public final class EmbeddedCore implements AutoCloseable {

    public static final Duration STEP = Duration.ofMillis(100);

    final VirtualClock worldClock = new VirtualClock(Instant.parse("2026-06-01T12:00:00Z"));
    final FollowingClock clock = new FollowingClock(worldClock);
    public final SimulatedFederation world;
    public final Stores stores;
    final StrategyModule strategies;
    final HdagReader reader;
    private StoredJournal journal;
    private AdapterPorts ports;
    private VirtualScheduler scheduler;
    private Engine engine;
    private boolean running;
    /** Settings of the engine, from its next start on. */
    public EngineSettings settings;
    /** Decorator of the engine's stores, from its next start on. */
    public UnaryOperator<EngineStores> memory = UnaryOperator.identity();
    /** Reader of descriptors of the engine, from its next start on. */
    public UnaryOperator<DescriptorReader> reading = UnaryOperator.identity();
    /** Permissions of the engine, from its next start on. */
    public AccessControl access = AccessControl.unrestricted();
    /** Traces of the engine, from its next start on. */
    public Tracing spans = Tracing.off();
    /** Notifications of the world's monitoring with their answers, oldest first. */
    public final List<AlertService.Result> delivered = new ArrayList<>();

    public EmbeddedCore(Scenario scenario, String databaseName) throws SQLException {
        this(scenario, Stores.inMemory(databaseName));
    }

    /** A core without scaling unless a descriptor names a strategy. */
    public static EmbeddedCore withoutScaling(Scenario scenario, String databaseName) throws SQLException {
        return new EmbeddedCore(scenario, Stores.inMemory(databaseName), Optional.empty());
    }

    EmbeddedCore(Scenario scenario, Stores stores) {
        this(scenario, stores, Optional.of("optimal"));
    }

    private EmbeddedCore(Scenario scenario, Stores stores, Optional<String> scaling) {
        this.world = SimulatedFederation.inVirtualTime(scenario, worldClock, this::deliver);
        this.stores = stores;
        StrategySettings defaults = StrategySettings.DEFAULTS;
        StrategySettings chosen = new StrategySettings(
                defaults.initialPlacement(),
                defaults.weightedPlacement(),
                defaults.replacement(),
                defaults.fallbackPlacement(),
                scaling,
                defaults.scalingParameters(),
                defaults.objectives(),
                defaults.projectDefaults(),
                new StrategySettings.Budgets(2000, 2000, 2000, 500),
                2,
                50,
                StrategySettings.StrategyLimits.STANDARD);
        this.strategies = StrategyModule.create(() -> chosen, clock, MetricsRecorder.NONE);
        install();
        this.reader = new HdagReader(strategies.catalog(), ReaderSettings.STANDARD);
        this.settings = settings();
        startEngine();
    }

    private static EngineSettings settings() {
        EngineConfig config = configuration(EngineConfig.class);
        return SettingsReader.read(config);
    }

    private void install() {
        strategy(new FirstFitStrategy(), "first-fit");
        strategy(new GreedyStrategy(), "greedy");
        strategies
                .registry()
                .add(
                        configured(OptimalStrategy.class),
                        Map.of(
                                PlacementStrategy.ID,
                                "optimal",
                                PlacementStrategy.CAPABILITIES,
                                List.of(PlacementStrategy.LEVELS, PlacementStrategy.SPLITS)));
        strategies
                .registry()
                .add(
                        new AutoStrategy(),
                        Map.of(
                                PlacementStrategy.ID,
                                "auto",
                                PlacementStrategy.CAPABILITIES,
                                List.of(PlacementStrategy.LEVELS, PlacementStrategy.SPLITS)));
        strategies.registry().add(new MovesObjective(), Map.of(PlacementObjective.NAME, "moves"));
        strategies.registry().add(new PreferencesObjective(), Map.of(PlacementObjective.NAME, "preferences"));
        strategies
                .registry()
                .add(
                        configured(CarbonObjective.class),
                        Map.of(PlacementObjective.NAME, "carbon", PlacementObjective.UNIT, "kg CO2eq/h"));
        strategies.registry().add(new OptimalScalingStrategy(), Map.of(ScalingStrategy.ID, "optimal"));
        strategies.registry().add(new ThresholdStrategy(), Map.of(ScalingStrategy.ID, "threshold"));
        strategies.registry().add(new CpuThresholdStrategy(), Map.of(ScalingStrategy.ID, "cpu-threshold"));
        strategies.registry().add(new IdleStrategy(), Map.of(ScalingStrategy.ID, "idle"));
        strategies.registry().add(new ScheduledStrategy(), Map.of(ScalingStrategy.ID, "scheduled"));
        intent(configured(ComputeHandler.class), "compute");
        intent(new HighAvailabilityHandler(), "highAvailability");
        intent(new LocationHandler(), "location");
        intent(new AntiAffinityHandler(), "antiAffinity");
        intent(new SpreadHandler(), "spread");
    }

    private void strategy(PlacementStrategy strategy, String id) {
        strategies.registry().add(strategy, Map.of(PlacementStrategy.ID, id));
    }

    private void intent(IntentHandler handler, String name) {
        strategies.registry().add(handler, Map.of(IntentHandler.NAME, name));
    }

    /** Starts an engine on what is stored, as after a restart. */
    public void startEngine() {
        create();
        addAdapters();
        running = true;
        engine.start();
    }

    /** As a server begins whose adapters come later. */
    void startEngineWithoutAdapters() {
        create();
        running = true;
        engine.start();
    }

    /** As a server begins whose deployers come later. */
    public void startEngineWithoutDeployers() {
        create();
        addAdaptersButDeployers(ports);
        running = true;
        engine.start();
    }

    private void create() {
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(30), 100_000, Duration.ofHours(1), 1000, 100, Duration.ZERO),
                stores.decisions(),
                strategies.pricing(),
                MetricsRecorder.NONE,
                clock);
        ports = new AdapterPorts();
        scheduler = newScheduler();
        engine = engine(ports, scheduler);
    }

    VirtualScheduler newScheduler() {
        return new VirtualScheduler(new FollowingClock(worldClock));
    }

    /** That of another server on the same stores and in the same world; it stands by. */
    Engine standby(VirtualScheduler own) {
        AdapterPorts theirs = new AdapterPorts();
        addAdapters(theirs);
        Engine standby = engine(theirs, own);
        standby.standBy();
        return standby;
    }

    /** Profiles are learned, and those that are applied count. */
    public void learn(ServiceProfiles profiles) {
        ports.add(profiles);
    }

    private Engine engine(AdapterPorts adapters, VirtualScheduler threads) {
        return new Engine(
                new EngineDependencies(
                        memory.apply(new EngineStores(
                                stores.graphs(),
                                stores.capacity(),
                                stores.operations(),
                                stores.revisions(),
                                stores.plans(),
                                stores.alerts(),
                                stores.clusters(),
                                stores.tombstones(),
                                stores.instance())),
                        reading.apply(reader),
                        strategies.intents(),
                        strategies.placement(),
                        strategies.scaling(),
                        journal,
                        access,
                        spans),
                adapters,
                settings,
                threads,
                threads,
                clock,
                () -> Duration.between(Instant.EPOCH, worldClock.now()).toNanos());
    }

    void addAdapters() {
        addAdapters(ports);
    }

    private void addAdapters(AdapterPorts to) {
        to.add(WorkloadDeployer.class, "helm", world.deployer());
        addAdaptersButDeployers(to);
    }

    private void addAdaptersButDeployers(AdapterPorts ports) {
        ports.add(ClusterRegistry.class, SimulatedFederation.SOURCE, world.clusters());
        ports.add(WorkloadRuntime.class, SimulatedFederation.SOURCE, world.runtime());
        ports.add(MetricsSource.class, "", world.metrics());
        ports.add(SignalSource.class, "", world.signals());
        ports.add(AlertRules.class, "", world.alertRules());
    }

    /** Measures the engine that runs. */
    public void publish(MetricsRecorder recorder) {
        engine.publish(recorder);
    }

    /** Ends the engine without letting it finish anything. */
    public void stopEngine() {
        running = false;
        engine.close();
        journal.close();
    }

    public GraphService graphs() {
        return engine.doors().graphs();
    }

    /** The present engine. */
    Engine engine() {
        return engine;
    }

    public Engine.EngineServices doors() {
        return engine.doors();
    }

    /** Plans of the fleet of the present engine; the search is timed by the real clock. */
    public FleetPlans fleet() {
        return new FleetPlans(
                new FleetDependencies(
                        engine.doors().fleet(), strategies.trials(), strategies.pricing(), strategies.catalog()),
                FleetSettings.STANDARD,
                scheduler,
                clock,
                System::nanoTime);
    }

    /** Proposals for the graphs of the present engine. */
    public Rightsizing rightsizing(RightsizingSettings rightsizing) {
        return new Rightsizing(
                new RightsizingDependencies(
                        engine.doors().graphs(),
                        engine.doors().plans(),
                        reader,
                        strategies.intents(),
                        strategies.catalog(),
                        strategies.scaling()),
                () -> Optional.of(world.metrics()),
                new WorkloadPorts(type -> Optional.of(world.deployer()), () -> List.of(world.runtime())),
                rightsizing,
                clock);
    }

    /** Lets time pass in one step: what would become due in between runs at its end. */
    public void skip(Duration duration) {
        worldClock.advance(duration);
        scheduler.runDue();
    }

    public Change start(GraphId graph) {
        return graphs().start(graph, CallContext.INTERNAL);
    }

    public Change stop(GraphId graph) {
        return graphs().stop(graph, CallContext.INTERNAL);
    }

    public Change remove(GraphId graph) {
        return graphs().remove(graph, CallContext.INTERNAL);
    }

    public Change place(GraphId graph, PlaceRequest request) {
        return graphs().place(graph, request, CallContext.INTERNAL);
    }

    public Change update(String project, String yaml) {
        return graphs().update(DeployRequest.of(graph(project, yaml)), CallContext.INTERNAL);
    }

    /** Has the first event of conditional services fire. */
    public Set<String> activate(GraphId graph, Set<String> services) {
        Set<String> installed = new TreeSet<>();
        for (String service : services) {
            if (view(graph).graph().service(service).orElseThrow().trigger() instanceof Trigger.OnEvent trigger) {
                fire(graph, service, trigger.events().get(0).id(), true).stream()
                        .filter(result -> result.outcome() == AlertService.Outcome.INSTALLED)
                        .forEach(result -> installed.add(service));
            }
        }
        return installed;
    }

    public List<AlertService.Result> fire(GraphId graph, String service, String event, boolean firing) {
        Map<String, String> labels = Map.of(
                AlertService.PROJECT_LABEL,
                graph.project(),
                AlertService.GRAPH_LABEL,
                graph.name(),
                AlertService.SERVICE_LABEL,
                service,
                AlertService.EVENT_LABEL,
                event);
        return doors().alerts()
                .receive(
                        List.of(new AlertService.Alert(event, firing, labels, Optional.empty())), CallContext.INTERNAL);
    }

    /** A notification of the world's monitoring; lost while the engine is down. */
    private void deliver(Notification notification) {
        if (running) {
            List<AlertService.Alert> alerts = notification.alerts().stream()
                    .map(alert -> new AlertService.Alert(
                            alert.fingerprint(), alert.isFiring(), alert.labels(), Optional.of(alert.startsAt())))
                    .toList();
            delivered.addAll(doors().alerts().receive(alerts, CallContext.INTERNAL));
        }
    }

    /** All events so far, in sequence. */
    public List<StoredEvent> events() {
        while (!stores.events().publish(1000).isEmpty()) {
            // the next thousand
        }
        return stores.events().after(0, EventFilter.ALL, 100_000);
    }

    /** Types of the events about a graph so far, in sequence. */
    public List<String> eventTypes(GraphId graph) {
        return events().stream()
                .filter(event -> event.graph().equals(Optional.of(graph)))
                .map(StoredEvent::type)
                .toList();
    }

    public StoredJournal journal() {
        return journal;
    }

    public AdapterPorts ports() {
        return ports;
    }

    public List<DecisionRecord> decisions(GraphId graph, DecisionRecord.DecisionKind kind) {
        awaitStored();
        return stores.decisions().list(graph, new DecisionStore.Query(Optional.of(kind), Optional.empty(), 100));
    }

    /** A thread of the journal stores scaling decisions. */
    private void awaitStored() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (journal.unstored() > 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("%d decisions are not stored".formatted(journal.unstored()));
            }
            LockSupport.parkNanos(100_000);
        }
    }

    public Change deploy(String project, String yaml) {
        return graphs().deploy(DeployRequest.of(graph(project, yaml)), CallContext.INTERNAL);
    }

    public Graph graph(String project, String yaml) {
        DescriptorSource descriptorSource = reader.read(project, yaml.getBytes(StandardCharsets.UTF_8), Format.YAML);
        return ((DescriptorSource.Inline) descriptorSource).graph();
    }

    public GraphView view(GraphId graph) {
        return graphs().find(graph, CallContext.INTERNAL).orElseThrow();
    }

    /** The time that has passed. */
    public Instant now() {
        return clock.instant();
    }

    /** Lets time pass in small steps; everything that becomes due runs. */
    public void pass(Duration duration) {
        scheduler.runDue();
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(STEP)) {
            worldClock.advance(STEP);
            scheduler.runDue();
        }
    }

    /** Lets time pass until something holds, at most so long. */
    public void passUntil(BooleanSupplier holds, Duration most) {
        scheduler.runDue();
        for (Duration passed = Duration.ZERO;
                passed.compareTo(most) < 0 && !holds.getAsBoolean();
                passed = passed.plus(STEP)) {
            worldClock.advance(STEP);
            scheduler.runDue();
        }
        if (!holds.getAsBoolean()) {
            throw new AssertionError("Did not come true within " + most);
        }
    }

    /** Runs at most so many tasks of those that are due, without any time passing. */
    public void runSome(int tasks) {
        scheduler.runSome(tasks);
    }

    @Override
    public void close() {
        stopEngine();
        strategies.close();
        world.close();
        stores.close();
    }

    /** A component with the defaults of its configuration. */
    static <T> T configured(Class<T> component) {
        for (Constructor<?> constructor : component.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isAnnotation()) {
                try {
                    return component.cast(
                            constructor.newInstance(configuration(constructor.getParameterTypes()[0])));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            }
        }
        throw new AssertionError(component + " has no constructor with a configuration");
    }

    private static <T> T configuration(Class<T> type) {
        assert Annotation.class.isAssignableFrom(type);
        InvocationHandler defaults = (proxy, method, arguments) -> method.getDefaultValue();
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, defaults));
    }
}
