// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.control.Controls;
import eu.nephele.smo.adapters.docker.control.Installer;
import eu.nephele.smo.adapters.docker.control.RevisionInstall;
import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.control.WorkloadControl;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import eu.nephele.smo.adapters.docker.model.ServerShare;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Releases of containers: a spare of the revision on each server of the request. */
public final class DockerDeployer implements WorkloadDeployer {

    private static final Duration LOOK = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ServerFleet fleet;
    private final Controls controls;
    private final Duration patience;

    /**
     * @param patience longest time that a call waits for what goes on without it: less than the time-out of the port
     */
    public DockerDeployer(ServerFleet fleet, Controls controls, Duration patience) {
        this.fleet = fleet;
        this.controls = controls;
        this.patience = patience;
    }

    /**
     * While an image is being pulled the release is {@code PENDING}; the same request finds out how it ended. So it is
     * while a server does not answer, as long as another one does: the shares of that one are refused until the same
     * request brought the release there.
     */
    @Override
    public ReleaseState ensureInstalled(InstallRequest request) {
        List<DockerServer> targets = targets(request);
        fleet.learn(request.owner());
        Map<DockerServer, ServerListing> seen = fleet.look(LOOK);
        ContainerRecord wanted = revision(request);
        List<AdapterException> failures = new ArrayList<>();
        List<RevisionInstall> coming = new ArrayList<>();
        List<AdapterException> away = new ArrayList<>();
        for (DockerServer server : targets) {
            Optional<ServerListing> there = Optional.ofNullable(seen.get(server));
            if (there.isEmpty()) {
                away.add(unavailable(request, server));
                continue;
            }
            Optional<AdapterException> hindrance = hindrance(request, server, there.get());
            hindrance.ifPresent(failures::add);
            if (hindrance.isEmpty()) {
                if (Installer.isThere(there.get().containersOf(wanted.workload()), wanted)) {
                    controls.installer().drop(server, wanted.workload());
                } else {
                    coming.add(controls.installer().ensure(server, wanted));
                }
            }
        }
        if (away.size() == targets.size()) {
            failures.addAll(away);
        }
        fleet.servers().stream().filter(server -> !targets.contains(server)).forEach(server -> controls.installer()
                .drop(server, wanted.workload()));
        await(coming);
        coming.stream().flatMap(each -> each.failure().stream()).forEach(failures::add);
        failures.stream()
                .max(Comparator.comparing(failed -> failed.kind() != Kind.UNAVAILABLE))
                .ifPresent(worst -> {
                    throw worst;
                });
        ContainerRecord told = fleet.newest(wanted.workload(), wanted.owner())
                .filter(wanted::isSame)
                .orElse(wanted);
        return coming.stream()
                .filter(each -> !each.done().isDone())
                .map(RevisionInstall::progress)
                .findFirst()
                .or(() -> away.stream().findFirst().map(AdapterException::getMessage))
                .map(why -> told.state(Status.PENDING, why))
                .orElseGet(() -> told.state(Status.DEPLOYED, ""));
    }

    private List<DockerServer> targets(InstallRequest request) {
        try {
            ContainerSpec spec = ContainerRecord.wanted(request, 1).spec();
            List<DockerServer> targets = request.targets().stream()
                    .map(target -> fleet.server(target.cluster()))
                    .toList();
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("no server is named, and an image does not choose one itself");
            }
            targets.forEach(server -> server.settings().refuses(spec).ifPresent(why -> {
                throw new IllegalArgumentException(why);
            }));
            return targets;
        } catch (IllegalArgumentException invalid) {
            throw new AdapterException(
                    Kind.REFUSED,
                    EngineFailures.SYSTEM,
                    "Install %s: %s".formatted(request.key().workload(), invalid.getMessage()),
                    invalid);
        }
    }

    /** All servers have the same number for the same revision. */
    private ContainerRecord revision(InstallRequest request) {
        ContainerRecord first = ContainerRecord.wanted(request, 1);
        return fleet.newest(first.workload(), first.owner())
                .map(newest -> ContainerRecord.wanted(
                        request, newest.isSame(first) ? newest.revision() : newest.revision() + 1))
                .orElse(first);
    }

    private static AdapterException unavailable(InstallRequest request, DockerServer server) {
        return server.failures()
                .failure(
                        Kind.UNAVAILABLE,
                        "Install %s: server %s does not answer%s"
                                .formatted(
                                        request.key().workload(),
                                        server.settings().name(),
                                        server.failure()
                                                .map(why -> ": " + why.getMessage())
                                                .orElse("")));
    }

    private Optional<AdapterException> hindrance(InstallRequest request, DockerServer server, ServerListing seen) {
        WorkloadRef workload = request.key().workload();
        Optional<String> other = seen.containersOf(workload).stream()
                .flatMap(container -> container.record().stream())
                .map(ContainerRecord::owner)
                .filter(owner -> !owner.equals(request.owner()))
                .findFirst();
        if (other.isPresent()) {
            return Optional.of(server.failures()
                    .failure(
                            Kind.CONFLICT,
                            "Install %s on %s: installation %s runs it there; remove it there first"
                                    .formatted(workload, server.settings().name(), other.get())));
        }
        Optional<StrangeContainers> strange = StrangeContainers.found(server, seen, workload.service())
                .filter(found -> !controls.isAdopted(server, workload, found.ids()));
        strange.filter(found -> request.adopts().contains(found.fingerprint()))
                .ifPresent(found -> controls.adopt(server, workload, found.ids()));
        return strange.filter(found -> !request.adopts().contains(found.fingerprint()))
                .map(found -> found.conflict(request));
    }

    private void await(List<RevisionInstall> coming) {
        CompletableFuture<?> all = CompletableFuture.allOf(
                coming.stream().map(RevisionInstall::done).toArray(CompletableFuture[]::new));
        long end = System.nanoTime() + patience.toNanos();
        while (!all.isDone()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void ensureRemoved(StepKey key, String owner) {
        WorkloadRef workload = key.workload();
        fleet.learn(owner);
        Map<DockerServer, ServerListing> seen = fleet.look(LOOK);
        controls.installer().cancel(workload);
        List<DockerServer> places = seen.keySet().stream()
                .filter(server -> isOn(server, workload, owner))
                .toList();
        places.forEach(server -> controls.order(server, workload, ServerShare.GONE, key.assignment()));
        long end = System.nanoTime() + patience.toNanos();
        while (places.stream().anyMatch(server -> isOn(server, workload, owner))
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        List<DockerServer> left =
                places.stream().filter(server -> isOn(server, workload, owner)).toList();
        if (!left.isEmpty()) {
            throw left.get(0)
                    .failures()
                    .failure(
                            Kind.TIMED_OUT,
                            "Remove %s: it goes on; %s"
                                    .formatted(
                                            workload,
                                            left.stream()
                                                    .map(server ->
                                                            server.settings().name() + ": "
                                                                    + controls.present(server.id(), workload)
                                                                            .map(WorkloadControl::message)
                                                                            .orElse(""))
                                                    .collect(Collectors.joining("; "))));
        }
        controls.backends().remove(key, owner);
        controls.forget(workload);
    }

    private static boolean isOn(DockerServer server, WorkloadRef workload, String owner) {
        return server.last().map(seen -> seen.containersOf(workload)).orElse(List.of()).stream()
                .flatMap(container -> container.record().stream())
                .anyMatch(record -> record.owner().equals(owner));
    }

    @Override
    public List<String> leftovers(WorkloadRef workload) {
        return fleet.servers().stream()
                .filter(server -> !server.isReady())
                .filter(server -> server.last()
                        .filter(seen -> !seen.containersOf(workload).isEmpty())
                        .isPresent())
                .map(server -> "server %s does not answer; containers of %s may run there until it is back"
                        .formatted(server.settings().name(), workload))
                .toList();
    }

    @Override
    public Map<WorkloadRef, List<ForeignRelease>> foreign(Collection<InstallRequest> requests) {
        Map<DockerServer, ServerListing> seen = requests.isEmpty() ? Map.of() : fleet.look(LOOK);
        Map<WorkloadRef, List<ForeignRelease>> foreign = new HashMap<>();
        for (InstallRequest request : requests) {
            WorkloadRef workload = request.key().workload();
            List<ForeignRelease> inTheWay = request.targets().stream()
                    .map(target -> fleet.server(target.cluster()))
                    .flatMap(server -> strange(server, seen, workload).stream())
                    .map(found -> found.told(request))
                    .toList();
            if (!inTheWay.isEmpty()) {
                foreign.put(workload, inTheWay);
            }
        }
        return foreign;
    }

    private Optional<StrangeContainers> strange(
            DockerServer server, Map<DockerServer, ServerListing> seen, WorkloadRef workload) {
        return Optional.ofNullable(seen.get(server))
                .flatMap(there -> StrangeContainers.found(server, there, workload.service()))
                .filter(found -> !controls.isAdopted(server, workload, found.ids()));
    }

    @Override
    public Optional<ReleaseState> state(WorkloadRef workload) {
        Map<DockerServer, ServerListing> seen = fleet.look(LOOK);
        List<EngineContainer> all = seen.values().stream()
                .flatMap(each -> each.containersOf(workload).stream())
                .toList();
        Optional<String> owner = fleet.owner(workload);
        List<EngineContainer> ours = all.stream()
                .filter(container -> owner.equals(container.record().map(ContainerRecord::owner)))
                .toList();
        return ServerFleet.newest(ours.isEmpty() ? all : ours)
                .map(newest -> state(newest, seen))
                .or(() -> coming(workload));
    }

    private Optional<ReleaseState> coming(WorkloadRef workload) {
        return fleet.servers().stream()
                .flatMap(server -> controls.installer().present(server, workload).stream())
                .filter(each -> !each.done().isDone())
                .findFirst()
                .map(each -> each.wanted().state(Status.PENDING, each.progress()));
    }

    private ReleaseState state(ContainerRecord newest, Map<DockerServer, ServerListing> seen) {
        Optional<ReleaseState> pending = coming(newest.workload());
        if (pending.isPresent()) {
            return pending.get();
        }
        Optional<String> failure = seen.keySet().stream()
                .flatMap(server -> controls.present(server.id(), newest.workload()).stream())
                .flatMap(control -> control.failure().stream())
                .findFirst();
        return failure.map(why -> newest.state(Status.FAILED, why)).orElseGet(() -> newest.state(Status.DEPLOYED, ""));
    }

    @Override
    public List<ReleaseState> owned() {
        Map<DockerServer, ServerListing> seen = fleet.look(LOOK);
        Map<String, List<EngineContainer>> byRelease = new HashMap<>();
        seen.values().stream()
                .flatMap(each -> each.containers().stream())
                .forEach(container -> container.record().ifPresent(record -> byRelease
                        .computeIfAbsent(record.owner() + "\n" + record.workload(), any -> new ArrayList<>())
                        .add(container)));
        return byRelease.values().stream()
                .flatMap(containers -> ServerFleet.newest(containers).stream())
                .map(newest -> state(newest, seen))
                .toList();
    }
}
