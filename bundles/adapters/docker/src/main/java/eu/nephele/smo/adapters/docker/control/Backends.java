// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.IdleThreads;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;

/** The backends of all workloads at the balancer. */
public final class Backends implements AutoCloseable {

    private static final int THREADS = 8;
    private static final long FIRST_NANOS = Duration.ofSeconds(30).toNanos();

    /** Longest time after the start in which members that no listed server has are kept. */
    private static final long KEPT_NANOS = Duration.ofSeconds(60).toNanos();

    private final ServerFleet fleet;
    private final ReplicaPhases phases;
    private final Surroundings surroundings;
    private final ThreadPoolExecutor threads = IdleThreads.pool("docker-balancer", THREADS);
    private final long begunNanos = System.nanoTime();

    private volatile boolean over;

    /** One per workload of which something is on a server; removed with it. */
    private final Map<WorkloadRef, BackendKeeper> keepers = new ConcurrentHashMap<>();

    public Backends(ServerFleet fleet, ReplicaPhases phases, Surroundings surroundings) {
        this.fleet = fleet;
        this.phases = phases;
        this.surroundings = surroundings;
    }

    /**
     * Tells the balancer what changed, of these workloads. Not before each server was listed once, or has had time
     * enough: a list with
     * the replicas of some servers only would take the others out.
     */
    void tick(Set<WorkloadRef> workloads) {
        if (isBeginning() && fleet.servers().stream().anyMatch(DockerServer::isUnknown)) {
            return;
        }
        workloads.forEach(workload -> keeper(workload).tick());
    }

    /** Looks at the members of those services that nobody looks after any more, because no server has anything of them. */
    void tickLeft(Set<WorkloadRef> lookedAfter) {
        keepers.forEach((workload, keeper) -> {
            if (!lookedAfter.contains(workload)) {
                keeper.tickLeft();
            }
        });
    }

    private boolean isBeginning() {
        return System.nanoTime() - begunNanos < FIRST_NANOS;
    }

    private boolean isNew() {
        return System.nanoTime() - begunNanos < KEPT_NANOS;
    }

    /** Lets a replica leave; returns whether nothing is sent to it any more. */
    boolean leave(WorkloadRef workload, EngineContainer container) {
        return keeper(workload).leave(container, isBeginning());
    }

    /** Those of these replicas that were to leave stay after all, except some. */
    void stay(WorkloadRef workload, Set<String> shortIds, Set<String> except) {
        Optional.ofNullable(keepers.get(workload)).ifPresent(keeper -> keeper.stay(shortIds, except));
    }

    /** Why the balancer could not be told; empty if it could. */
    Optional<String> trouble(WorkloadRef workload) {
        return Optional.ofNullable(keepers.get(workload)).flatMap(BackendKeeper::trouble);
    }

    /** Makes the backend not exist, where there is a balancer; failures are the balancer's. */
    public void remove(StepKey key, String owner) {
        // what it does just now would make the backend again
        Optional.ofNullable(keepers.remove(key.workload())).ifPresent(BackendKeeper::end);
        surroundings.balancer().ifPresent(balancer -> balancer.ensureRemoved(key, owner));
    }

    private BackendKeeper keeper(WorkloadRef workload) {
        return keepers.computeIfAbsent(
                workload,
                any -> new BackendKeeper(workload, fleet, phases, surroundings, threads, this::isNew, () -> over));
    }

    /** To be called before anything that it reads from is closed. */
    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
