// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import eu.nephele.smo.adapters.docker.control.Controls;
import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.control.Surroundings;
import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.metrics.DockerMetrics;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.ports.DockerClusters;
import eu.nephele.smo.adapters.docker.ports.DockerDeployer;
import eu.nephele.smo.adapters.docker.ports.DockerInventory;
import eu.nephele.smo.adapters.docker.ports.DockerRuntime;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.HealthProbes;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.adapters.docker.server.ServerSettings;
import eu.nephele.smo.adapters.docker.server.ServerThreads;
import eu.nephele.smo.adapters.docker.server.SpecCache;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.Tenure;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All servers of the source with what looks after them; what the ports are views of. */
public final class DockerServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DockerServers.class);
    private static final long TICK_MILLIS = 100;
    private static final long FORGET_TICKS = 600;

    /** What time alone changes is looked at so seldom: there may be thousands of replicas that wait for something. */
    private static final long CONTROL_TICKS = 5;

    private static final int TASKS_AT_ONCE = 32;

    /** Docker measures for one or two seconds: these must not keep listings and steps waiting. */
    private static final int STATISTICS_AT_ONCE = 128;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Clock clock = Clock.systemUTC();
    private final OwnerFence fence = new OwnerFence(EngineFailures.SYSTEM);

    /** Ids of containers whose health changed; each tick takes all. */
    private final Set<String> healthChanged = ConcurrentHashMap.newKeySet();

    private final HealthProbes probes = new HealthProbes(healthChanged::add);
    private final ServerThreads threads = new ServerThreads(TASKS_AT_ONCE);
    private final ServerThreads statistics = new ServerThreads(STATISTICS_AT_ONCE);
    private final ServerFleet fleet = new ServerFleet();
    private final ReplicaPhases phases = new ReplicaPhases(new SpecCache(), probes);
    private final Controls controls;
    private final DockerClusters clusters = new DockerClusters(fleet, clock);
    private final DockerRuntime runtime;
    private final DockerDeployer deployer;
    private final DockerMetrics metrics;
    private final DockerInventory inventory;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "docker-ticks");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> ticking;
    private long ticked;

    /** @param sampleEvery between two readings of the statistics of containers */
    public DockerServers(Surroundings surroundings, Duration sampleEvery) {
        controls = new Controls(fleet, phases, surroundings, fence, clock, new SplittableRandom());
        runtime = new DockerRuntime(fleet, controls, phases);
        deployer = new DockerDeployer(fleet, controls, PATIENCE);
        metrics = new DockerMetrics(fleet, phases, clock, sampleEvery);
        inventory = new DockerInventory(fleet, phases, metrics);
        ticking = ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on nothing is begun on servers when nothing of it is left. */
    public void begin(Tenure tenure) {
        fence.begin(tenure);
    }

    /**
     * Looks after a server from now on, until the result is closed. One whose name another one has is left alone until
     * that one is gone: nothing that runs changes its server by a mistake in a configuration.
     */
    public AutoCloseable add(ServerSettings settings, ContainerEngine engine) {
        DockerServer server = new DockerServer(settings, engine, clock, this::seen, threads, statistics);
        if (fleet.add(server)) {
            LOG.info("server configured server={} host={}", settings.name(), settings.host());
        } else {
            LOG.error(
                    "second configuration of a server is ignored until the first is gone server={} host={};"
                            + " give it another name",
                    settings.name(),
                    settings.host());
        }
        clusters.lookForChanges();
        return () -> remove(server);
    }

    private void remove(DockerServer server) {
        boolean counted = fleet.remove(server);
        if (counted) {
            controls.gone(server);
            metrics.gone(server);
            runtime.forget(server);
        }
        server.close();
        if (counted) {
            fleet.promote(server.id())
                    .ifPresent(next -> LOG.info(
                            "second configuration of a server counts now server={} host={}",
                            next.settings().name(),
                            next.settings().host()));
        }
        clusters.lookForChanges();
    }

    private void seen(DockerServer server) {
        fleet.noteChange();
        if (!fleet.has(server)) {
            return;
        }
        controls.seen(server);
        runtime.lookForChanges(server);
        clusters.lookForChanges(server);
    }

    private void tick() {
        try {
            threads.tick();
            statistics.tick();
            fleet.servers().forEach(DockerServer::tick);
            probes.tick();
            metrics.tick();
            noteHealth();
            ticked++;
            if (ticked % CONTROL_TICKS == 0) {
                controls.tick();
            }
            if (ticked % FORGET_TICKS == 0) {
                forgetAway();
                clusters.lookForChanges();
            }
        } catch (RuntimeException failed) {
            // the next tick goes on: this thread keeps every server
            LOG.warn("looking after the servers failed once", failed);
        }
    }

    private void noteHealth() {
        if (healthChanged.isEmpty()) {
            return;
        }
        Set<String> changed = Set.copyOf(healthChanged);
        healthChanged.removeAll(changed);
        for (DockerServer server : fleet.servers()) {
            Set<WorkloadRef> workloads = server.last().stream()
                    .flatMap(seen -> seen.containers().stream())
                    .filter(container -> changed.contains(container.id()))
                    .flatMap(container -> container.record().stream())
                    .map(ContainerRecord::workload)
                    .collect(Collectors.toSet());
            if (!workloads.isEmpty()) {
                runtime.lookForChanges(server);
                workloads.forEach(workload -> controls.changed(server, workload));
            }
        }
    }

    private void forgetAway() {
        Set<String> present = fleet.serving().stream()
                .flatMap(server -> server.last().stream())
                .flatMap(seen -> seen.containers().stream())
                .map(container -> container.id())
                .collect(Collectors.toSet());
        phases.retain(present);
    }

    public ClusterRegistry clusters() {
        return clusters;
    }

    public WorkloadRuntime runtime() {
        return runtime;
    }

    public WorkloadDeployer deployer() {
        return deployer;
    }

    public ContainerInventory inventory() {
        return inventory;
    }

    public MetricsSource metrics() {
        return metrics;
    }

    @Override
    public void close() {
        ticking.cancel(false);
        ticks.shutdownNow();
        controls.close();
        metrics.close();
        probes.close();
        fleet.secondOnes().forEach(this::remove);
        fleet.servers().forEach(this::remove);
        threads.close();
        statistics.close();
    }
}
