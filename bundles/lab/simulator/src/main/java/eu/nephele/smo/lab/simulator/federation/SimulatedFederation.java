// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.federation;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.ClusterChanges;
import eu.nephele.smo.lab.simulator.Notification;
import eu.nephele.smo.lab.simulator.ScaledClock;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.VirtualClock;
import eu.nephele.smo.lab.simulator.WorldAction;
import eu.nephele.smo.lab.simulator.WorldClock;
import eu.nephele.smo.lab.simulator.WorldControl;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.world.NotificationDispatcher;
import eu.nephele.smo.lab.simulator.world.SignalsByName;
import eu.nephele.smo.lab.simulator.world.SimulatedAlertRules;
import eu.nephele.smo.lab.simulator.world.SimulatedClusters;
import eu.nephele.smo.lab.simulator.world.SimulatedDeployer;
import eu.nephele.smo.lab.simulator.world.SimulatedInfrastructure;
import eu.nephele.smo.lab.simulator.world.SimulatedMetrics;
import eu.nephele.smo.lab.simulator.world.SimulatedRuntime;
import eu.nephele.smo.lab.simulator.world.SimulatedSignals;
import eu.nephele.smo.lab.simulator.world.World;
import eu.nephele.smo.lab.simulator.world.WorldSnapshotFactory;
import eu.nephele.smo.lab.simulator.world.WorldTimer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A world that lives by a scenario, with the ports through which an orchestrator deals with it. In virtual time everything,
 * notifications included, happens on the thread that calls or moves the clock; in real time one thread of its own carries the
 * notifications. The same scenario and the same calls at the same times make the same world.
 */
public final class SimulatedFederation implements WorldControl, AutoCloseable {

    /** Value of {@link ClusterId#SOURCE} of the registry and the runtime. */
    public static final String SOURCE = World.SOURCE;

    private final World world;
    private final Runnable end;
    private final SimulatedClusters clusters;
    private final WorkloadRuntime runtime;
    private final SimulatedDeployer deployer;
    private final MetricsSource metrics;
    private final SignalSource signals;
    private final SimulatedAlertRules alertRules;
    private final InfrastructureProvider infrastructure;
    private final WorldSnapshotFactory worldSnapshotFactory;

    private SimulatedFederation(World world, Runnable end) {
        this.world = world;
        this.end = end;
        this.clusters = new SimulatedClusters(world);
        this.runtime = new SimulatedRuntime(world);
        this.deployer = new SimulatedDeployer(world);
        this.metrics = new SimulatedMetrics(world);
        this.signals = new SimulatedSignals(world);
        this.alertRules = new SimulatedAlertRules(world);
        this.infrastructure = new SimulatedInfrastructure(world);
        this.worldSnapshotFactory = new WorldSnapshotFactory(world);
    }

    /** A world that stands still until its clock is moved. */
    public static SimulatedFederation inVirtualTime(Scenario scenario, VirtualClock clock) {
        return inVirtualTime(scenario, clock, notification -> {});
    }

    /**
     * A world that stands still until its clock is moved.
     *
     * @param receiver gets notifications on the thread that calls or moves the clock; when it throws, the notification comes
     *     again one group interval later
     */
    public static SimulatedFederation inVirtualTime(
            Scenario scenario, VirtualClock clock, Consumer<Notification> receiver) {
        World world = new World(
                scenario, clock, Runnable::run, new NotificationDispatcher(Runnable::run, receiver), due -> {});
        clock.onMoved(world::passTime);
        return new SimulatedFederation(world, () -> {});
    }

    /**
     * A world that runs by itself until it is closed.
     *
     * @param timeFactor seconds of the world per second of real time, above 0
     */
    public static SimulatedFederation inRealTime(Scenario scenario, double timeFactor) {
        return inRealTime(scenario, timeFactor, notification -> {});
    }

    /**
     * A world that runs by itself until it is closed.
     *
     * @param timeFactor seconds of the world per second of real time, above 0
     * @param receiver gets notifications on a thread of its own and may block; when it throws, the notification comes again
     *     one group interval later
     */
    public static SimulatedFederation inRealTime(
            Scenario scenario, double timeFactor, Consumer<Notification> receiver) {
        WorldClock clock = new ScaledClock(scenario.startsAt(), timeFactor);
        WorldTimer worldTimer = new WorldTimer(clock);
        ThreadPoolExecutor messenger = messenger();
        World world = new World(
                scenario, clock, worldTimer, new NotificationDispatcher(messenger, receiver), worldTimer::expect);
        worldTimer.drive(world::passTime);
        return new SimulatedFederation(world, () -> {
            worldTimer.close();
            messenger.shutdownNow();
        });
    }

    private static ThreadPoolExecutor messenger() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread created = new Thread(task, "smo-simulator-alerts");
                    created.setDaemon(true);
                    return created;
                },
                // the world may be called while it is being closed: then no listener is left
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** For {@link ClusterId#SOURCE} = {@link #SOURCE}. */
    public ClusterRegistry clusters() {
        return clusters;
    }

    /**
     * Returns the changes of clusters since the version of an earlier answer; 0 for all.
     *
     * @throws eu.nephele.smo.api.port.AdapterException as {@link ClusterRegistry#clusters}
     */
    public ClusterChanges clustersSince(long version) {
        return clusters.since(version);
    }

    /** For {@link ClusterId#SOURCE} = {@link #SOURCE}. */
    public WorkloadRuntime runtime() {
        return runtime;
    }

    /** For {@link WorkloadDeployer#ARTIFACT_TYPE} = {@code helm}. */
    public WorkloadDeployer deployer() {
        return deployer;
    }

    public MetricsSource metrics() {
        return metrics;
    }

    public SignalSource signals() {
        return signals;
    }

    /** Load of the scenario for services that run elsewhere, by name. */
    public MetricsSource metricsElsewhere() {
        return new SimulatedMetrics(world, true);
    }

    /** Signals for clusters of any source that have the name of one of this world. */
    public SignalSource signalsElsewhere() {
        return new SignalsByName(signals);
    }

    /** Alert rules in the subset of PromQL that the world understands; any other rule is {@code REFUSED}. */
    public AlertRules alertRules() {
        return alertRules;
    }

    /**
     * Clusters on demand. A desired state has {@code name}, {@code cores} and {@code memoryGib} of a node, and {@code nodes} (1).
     * For {@link InfrastructureProvider#CAPACITY_SOURCE} = {@link #SOURCE}.
     */
    public InfrastructureProvider infrastructure() {
        return infrastructure;
    }

    /**
     * Writes a release without reading the present one, as an upgrade by Helm does: always a new revision, counted in
     * {@link WorldSnapshot#writes}. For worlds that are served to clients which read before they write.
     *
     * @throws eu.nephele.smo.api.port.AdapterException as {@link WorkloadDeployer#ensureInstalled}
     */
    public ReleaseState write(InstallRequest request) {
        return deployer.write(request);
    }

    /**
     * Writes a rule without reading the present one, counted in {@link WorldSnapshot#writes}.
     *
     * @throws eu.nephele.smo.api.port.AdapterException as {@link AlertRules#ensure}
     */
    public void write(WorkloadRef workload, EventRule rule, String owner) {
        alertRules.write(workload, rule, owner);
    }

    /**
     * Returns whether that installation owns a rule for that event; cheaper than listing all rules.
     *
     * @throws eu.nephele.smo.api.port.AdapterException as {@link AlertRules#owned}
     */
    public boolean hasRule(WorkloadRef workload, String eventId, String owner) {
        return alertRules.contains(workload, eventId, owner);
    }

    @Override
    public void apply(WorldAction action) {
        world.strike(action);
    }

    @Override
    public WorldSnapshot snapshot() {
        return worldSnapshotFactory.snapshot();
    }

    @Override
    public boolean overbookedEver() {
        return world.overbookedEver();
    }

    /** Ends the notifications; the ports go on answering. */
    @Override
    public void close() {
        end.run();
    }
}
