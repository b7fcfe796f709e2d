// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.control.Controls;
import eu.nephele.smo.adapters.docker.control.RevisionInstall;
import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.control.WorkloadControl;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ServerShare;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs workloads on servers. What is asked for is done by the controls; what is told is from the last listings. */
public final class DockerRuntime implements WorkloadRuntime {

    private final ServerFleet fleet;
    private final Controls controls;
    private final ReplicaPhases phases;
    private final ChangeListeners<WorkloadRef> listeners = new ChangeListeners<>();

    /** What listeners know of each server, by workload; only of configured servers, and of what is on them. */
    private final Map<ClusterId, Map<WorkloadRef, String>> told = new ConcurrentHashMap<>();

    public DockerRuntime(ServerFleet fleet, Controls controls, ReplicaPhases phases) {
        this.fleet = fleet;
        this.controls = controls;
        this.phases = phases;
    }

    /** A server that does not answer does not keep the others from their shares. */
    @Override
    public void ensureShares(StepKey key, List<Share> shares) {
        WorkloadRef workload = key.workload();
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("Run %s: no share given, expected at least one".formatted(workload));
        }
        // when none answers that is a failure of the whole, not of the servers of these shares
        fleet.believed();
        Map<DockerServer, Integer> wanted = new HashMap<>();
        shares.forEach(share -> wanted.merge(fleet.server(share.cluster()), share.replicas(), Math::max));
        String owner = owner(workload);
        List<AdapterException> failures = new ArrayList<>();
        wanted.forEach((server, replicas) -> {
            Optional<AdapterException> hindrance = hindrance(server, workload, owner, replicas);
            hindrance.ifPresentOrElse(
                    failures::add,
                    () -> controls.order(server, workload, new ServerShare(replicas, true), key.assignment()));
        });
        fleet.servers().stream()
                .filter(server -> !wanted.containsKey(server)
                        && !its(server, workload, owner).isEmpty())
                .forEach(server -> controls.order(server, workload, ServerShare.GONE, key.assignment()));
        failures.stream().findFirst().ifPresent(first -> {
            throw first;
        });
    }

    private String owner(WorkloadRef workload) {
        return fleet.owner(workload)
                .orElseThrow(() -> new AdapterException(
                        Kind.NOT_FOUND,
                        EngineFailures.SYSTEM,
                        "Run %s: no server has a release of it, or several installations have one; install it first"
                                .formatted(workload)));
    }

    private Optional<AdapterException> hindrance(
            DockerServer server, WorkloadRef workload, String owner, int replicas) {
        if (!server.isReady()) {
            return Optional.of(server.failures()
                    .failure(
                            Kind.UNAVAILABLE,
                            "Run %s: server %s does not answer%s"
                                    .formatted(
                                            workload,
                                            server.settings().name(),
                                            server.failure()
                                                    .map(why -> ": " + why.getMessage())
                                                    .orElse(""))));
        }
        Optional<RevisionInstall> coming = controls.installer().present(server, workload);
        boolean there = !its(server, workload, owner).isEmpty();
        if (replicas > 0 && !there && coming.filter(it -> !it.done().isDone()).isEmpty()) {
            return Optional.of(coming.flatMap(RevisionInstall::failure).orElseGet(() -> server.failures()
                    .failure(
                            Kind.NOT_FOUND,
                            "Run %s on %s: there is no container of it; install its release there first"
                                    .formatted(workload, server.settings().name()))));
        }
        return Optional.empty();
    }

    private static List<EngineContainer> its(DockerServer server, WorkloadRef workload, String owner) {
        return server.last()
                .map(seen -> its(seen, workload, Optional.of(owner)))
                .orElse(List.of());
    }

    private static List<EngineContainer> its(ServerListing seen, WorkloadRef workload, Optional<String> owner) {
        return seen.containersOf(workload).stream()
                .filter(container ->
                        owner.isEmpty() || owner.equals(container.record().map(ContainerRecord::owner)))
                .toList();
    }

    @Override
    public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
        Map<DockerServer, ServerListing> seen = fleet.believed();
        controls.learn(workloads);
        Map<WorkloadRef, WorkloadObservation> observed = new HashMap<>();
        for (WorkloadRef workload : workloads) {
            observe(workload, seen).ifPresent(observation -> observed.put(workload, observation));
        }
        return observed;
    }

    private Optional<WorkloadObservation> observe(WorkloadRef workload, Map<DockerServer, ServerListing> seen) {
        Optional<String> owner = fleet.owner(workload);
        Optional<ContainerRecord> newest = owner.flatMap(known -> fleet.newest(workload, known));
        Map<ClusterId, OnCluster> byCluster = new TreeMap<>();
        List<String> messages = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        seen.forEach((server, sighting) -> {
            List<EngineContainer> its = its(sighting, workload, owner);
            Optional<WorkloadControl> control = controls.present(server.id(), workload);
            Optional<RevisionInstall> coming = controls.installer().present(server, workload);
            Optional<ServerShare> asked = control.flatMap(WorkloadControl::wanted);
            if (its.isEmpty()
                    && coming.isEmpty()
                    && asked.filter(ServerShare::keepsRecord).isEmpty()) {
                return;
            }
            boolean installing = coming.filter(it -> !it.done().isDone()).isPresent();
            byCluster.put(
                    server.id(),
                    new ObservedShare(server, its)
                            .counted(
                                    phases,
                                    named -> control.map(keeps -> keeps.desired(named))
                                            .orElse(named),
                                    newest,
                                    coming.isPresent()));
            coming.map(it -> it.failure().map(AdapterException::getMessage).orElseGet(it::progress))
                    .or(() -> control.map(WorkloadControl::message))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> messages.add(server.settings().name() + ": " + text));
            control.filter(any -> !installing).flatMap(WorkloadControl::failure).ifPresent(failures::add);
        });
        return byCluster.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkloadObservation(
                        workload,
                        byCluster,
                        String.join("; ", messages),
                        failures.stream().findFirst(),
                        Map.of()));
    }

    /** Everything with the labels of a workload remains, spares included. */
    @Override
    public Map<WorkloadRef, WorkloadObservation> remains(Collection<WorkloadRef> workloads, Set<ClusterId> clusters) {
        Map<DockerServer, ServerListing> seen = fleet.believed();
        Map<ClusterId, String> unseen = fleet.servers().stream()
                .filter(server -> clusters.contains(server.id()) && !seen.containsKey(server))
                .collect(Collectors.toMap(
                        DockerServer::id,
                        server -> "what is on server %s, which does not answer, is removed when it is back"
                                .formatted(server.settings().name())));
        Map<WorkloadRef, WorkloadObservation> left = new HashMap<>();
        for (WorkloadRef workload : workloads) {
            Optional<WorkloadObservation> there = observe(workload, seen);
            if (there.isPresent() || !unseen.isEmpty()) {
                left.put(
                        workload,
                        new WorkloadObservation(
                                workload,
                                there.map(WorkloadObservation::byCluster).orElse(Map.of()),
                                there.map(WorkloadObservation::message).orElse(""),
                                Optional.empty(),
                                unseen));
            }
        }
        return left;
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadRef> onChange) {
        return listeners.subscribe(onChange);
    }

    /** Tells the listeners which workloads changed on a server. */
    public void lookForChanges(DockerServer server) {
        Map<WorkloadRef, String> now = new HashMap<>();
        server.believed()
                .ifPresent(seen -> seen.byWorkload().forEach((workload, its) -> now.put(workload, text(server, its))));
        Map<WorkloadRef, String> before =
                Optional.ofNullable(told.put(server.id(), now)).orElse(Map.of());
        now.forEach((workload, text) -> {
            if (!text.equals(before.get(workload))) {
                listeners.tell(workload);
            }
        });
        before.keySet().stream().filter(workload -> !now.containsKey(workload)).forEach(listeners::tell);
    }

    /** Listeners know nothing of this server any more. */
    public void forget(DockerServer server) {
        told.remove(server.id());
    }

    private String text(DockerServer server, List<EngineContainer> its) {
        return its.stream()
                .map(container -> container.id() + container.name() + phases.phase(server, container))
                .sorted()
                .collect(Collectors.joining());
    }
}
