// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.world.Heartbeat;
import eu.nephele.smo.lab.simulator.world.Portrait;
import eu.nephele.smo.lab.simulator.world.SimulatedClusters;
import eu.nephele.smo.lab.simulator.world.SimulatedDeployer;
import eu.nephele.smo.lab.simulator.world.SimulatedMetrics;
import eu.nephele.smo.lab.simulator.world.SimulatedRuntime;
import eu.nephele.smo.lab.simulator.world.SimulatedSignals;
import eu.nephele.smo.lab.simulator.world.World;

/**
 * A world that lives by a scenario, with the ports through which an orchestrator deals with it. In virtual time everything,
 * notifications included, happens on the thread that calls or moves the clock; in real time one thread of its own carries the
 * notifications. The same scenario and the same calls at the same times make the same world.
 */
public final class SimulatedFederation implements Federation, AutoCloseable {

    /** Value of {@link ClusterId#SOURCE} of the registry and the runtime. */
    public static final String SOURCE = World.SOURCE;

    private final World world;
    private final Runnable end;
    private final ClusterRegistry clusters;
    private final WorkloadRuntime runtime;
    private final WorkloadDeployer deployer;
    private final MetricsSource metrics;
    private final SignalSource signals;
    private final Portrait portrait;

    private SimulatedFederation(World world, Runnable end) {
        this.world = world;
        this.end = end;
        this.clusters = new SimulatedClusters(world);
        this.runtime = new SimulatedRuntime(world);
        this.deployer = new SimulatedDeployer(world);
        this.metrics = new SimulatedMetrics(world);
        this.signals = new SimulatedSignals(world);
        this.portrait = new Portrait(world);
    }

    /** A world that stands still until its clock is moved. */
    public static SimulatedFederation inVirtualTime(Scenario scenario, VirtualClock clock) {
        World world = new World(scenario, clock, Runnable::run, due -> {});
        clock.onMoved(world::passTime);
        return new SimulatedFederation(world, () -> {});
    }

    /**
     * A world that runs by itself until it is closed.
     *
     * @param timeFactor seconds of the world per second of real time, above 0
     */
    public static SimulatedFederation inRealTime(Scenario scenario, double timeFactor) {
        WorldClock clock = new ScaledClock(scenario.startsAt(), timeFactor);
        Heartbeat heartbeat = new Heartbeat(clock);
        World world = new World(scenario, clock, heartbeat, heartbeat::expect);
        heartbeat.drive(world::passTime);
        return new SimulatedFederation(world, heartbeat::close);
    }

    /** For {@link ClusterId#SOURCE} = {@link #SOURCE}. */
    public ClusterRegistry clusters() {
        return clusters;
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

    @Override
    public void apply(WorldAction action) {
        world.strike(action);
    }

    @Override
    public WorldSnapshot snapshot() {
        return portrait.snapshot();
    }

    @Override
    public boolean overbookedEver() {
        return world.overbookedEver();
    }

    /** Ends the notifications; what can be called goes on answering. */
    @Override
    public void close() {
        end.run();
    }
}
