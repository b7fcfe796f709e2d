// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.model.ServerShare;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The controllers of all workloads on all servers. Only of those that somebody asked about in this process: whose they
 * are, it knows.
 */
public final class Controls implements AutoCloseable {

    private final ServerFleet fleet;
    private final Installer installer;
    private final Backends backends;
    private final ControlTools tools;

    /** By server and workload, from the first question about it until its server or itself is gone. */
    private final Map<ClusterId, Map<WorkloadRef, WorkloadControl>> controls = new ConcurrentHashMap<>();

    /** Budget by workload, as long as there are controls of it. */
    private final Map<WorkloadRef, Replacements> replacements = new ConcurrentHashMap<>();

    /** What servers share while replicas are replaced, by workload, as long as there are controls of it. */
    private final Map<WorkloadRef, RolloutBudget> rollouts = new ConcurrentHashMap<>();

    public Controls(
            ServerFleet fleet,
            ReplicaPhases phases,
            Surroundings surroundings,
            OwnerFence fence,
            Clock clock,
            RandomGenerator random) {
        this.fleet = fleet;
        Drafts drafts = new Drafts(surroundings, clock, random);
        installer = new Installer(
                drafts, fence, (server, workload) -> control(server, workload).renewed());
        backends = new Backends(fleet, phases, surroundings);
        tools = new ControlTools(fleet, phases, backends, installer, drafts, surroundings, fence);
    }

    public Installer installer() {
        return installer;
    }

    public Backends backends() {
        return backends;
    }

    /** Looks after these from now on. */
    public void learn(Collection<WorkloadRef> workloads) {
        for (DockerServer server : fleet.servers()) {
            server.last().ifPresent(seen -> workloads.stream()
                    .filter(seen.workloads()::contains)
                    .forEach(workload -> control(server, workload)));
        }
    }

    /** From now on this is wanted there. */
    public void order(DockerServer server, WorkloadRef workload, ServerShare wanted, long assignment) {
        control(server, workload).order(wanted, assignment);
    }

    /** Containers of others that shall leave once replicas of this workload are there. */
    public void adopt(DockerServer server, WorkloadRef workload, Set<String> ids) {
        control(server, workload).adopt(ids);
    }

    /** Whether all of these leave already. */
    public boolean isAdopted(DockerServer server, WorkloadRef workload, Set<String> ids) {
        return present(server.id(), workload)
                .filter(control -> control.hasAdopted(ids))
                .isPresent();
    }

    public Optional<WorkloadControl> present(ClusterId server, WorkloadRef workload) {
        return Optional.ofNullable(controls.get(server))
                .flatMap(its -> Optional.ofNullable(its.get(workload)))
                .filter(control -> fleet.present(server).filter(control::isOf).isPresent());
    }

    /** Nothing of it is looked after any more. */
    public void forget(WorkloadRef workload) {
        controls.values().forEach(its -> its.remove(workload));
        replacements.remove(workload);
        rollouts.remove(workload);
    }

    /**
     * One of a former server of that name does nothing any more, so that one of the present server takes its place. For
     * a server that is gone none is kept.
     */
    private WorkloadControl control(DockerServer server, WorkloadRef workload) {
        return fleet.present(server.id())
                .flatMap(present ->
                        Optional.ofNullable(controls.compute(server.id(), (any, its) -> with(its, present, workload))
                                .get(workload)))
                .orElseGet(() -> new WorkloadControl(
                        server, workload, tools, new Replacements(), new RolloutBudget(fleet, workload)));
    }

    private Map<WorkloadRef, WorkloadControl> with(
            @Nullable Map<WorkloadRef, WorkloadControl> its, DockerServer server, WorkloadRef workload) {
        Map<WorkloadRef, WorkloadControl> controlsOfServer = its == null ? new ConcurrentHashMap<>() : its;
        controlsOfServer.compute(
                workload, (any, known) -> known != null && known.isOf(server) ? known : fresh(server, workload));
        return controlsOfServer;
    }

    private WorkloadControl fresh(DockerServer server, WorkloadRef workload) {
        return new WorkloadControl(
                server,
                workload,
                tools,
                replacements.computeIfAbsent(workload, each -> new Replacements()),
                rollouts.computeIfAbsent(workload, each -> new RolloutBudget(fleet, each)));
    }

    /** A server was listed: each of its workloads looks whether something is to be done. */
    public void seen(DockerServer server) {
        controls.getOrDefault(server.id(), Map.of()).values().stream()
                .filter(control -> control.isOf(server))
                .forEach(WorkloadControl::wake);
    }

    /** A server is not configured any more. */
    public void gone(DockerServer server) {
        installer.gone(server);
        controls.computeIfPresent(server.id(), (id, its) -> {
            its.values().removeIf(control -> control.isOf(server));
            return its.isEmpty() ? null : its;
        });
    }

    /** The health of a replica on this server changed. */
    public void changed(DockerServer server, WorkloadRef workload) {
        // what nobody looks after here gets no backend
        present(server.id(), workload).ifPresent(control -> {
            control.wake();
            backends.tick(Set.of(workload));
        });
    }

    /** To be called about every half second; never blocks. */
    public void tick() {
        controls.values().forEach(its -> its.values().forEach(WorkloadControl::tick));
        tickBackends();
    }

    private void tickBackends() {
        Set<WorkloadRef> workloads = ConcurrentHashMap.newKeySet();
        controls.values().forEach(its -> workloads.addAll(its.keySet()));
        backends.tick(workloads);
        backends.tickLeft(workloads);
    }

    @Override
    public void close() {
        controls.clear();
        replacements.clear();
        rollouts.clear();
        backends.close();
    }
}
