// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFailures;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All configured servers, and which installation acts on them. */
public final class ServerFleet {

    /** The newest revision is the greatest. */
    static final Comparator<ContainerRecord> NEWEST =
            Comparator.comparingInt(ContainerRecord::revision).thenComparingLong(ContainerRecord::assignment);

    /** From its configuration on one is waited for so long while another one is listed already. */
    private static final Duration FIRST_LISTING = Duration.ofSeconds(3);

    /** The same while none is: busy engines take long, and without any of them nothing can be said. */
    private static final Duration FIRST_OF_ALL = Duration.ofSeconds(10);

    /** The system of what fails because the configuration of this program lacks it. */
    private static final String SMO = "smo";

    /** Failures that a message tells when no server answers. */
    private static final int MOST_NAMED = 3;

    /** One per name of a configuration. */
    private final Map<ClusterId, DockerServer> servers = new ConcurrentSkipListMap<>();

    /** Servers of configurations whose name another one has; each until its configuration or the other one is gone. */
    private final List<DockerServer> secondOnes = new ArrayList<>();

    private final DepartedServers departed;

    private final ReentrantLock changing = new ReentrantLock();

    /** A server was added, removed, or listed, or an attempt to list it failed. */
    private final Condition changed = changing.newCondition();

    private volatile Optional<String> installation = Optional.empty();

    public ServerFleet() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    public ServerFleet(LongSupplier nanoTime) {
        departed = new DepartedServers(nanoTime);
    }

    /** Returns whether it counts: not while another one has its name, after which its turn comes. */
    public boolean add(DockerServer server) {
        synchronized (secondOnes) {
            boolean counts = servers.putIfAbsent(server.id(), server) == null;
            if (!counts) {
                secondOnes.add(server);
            }
            noteChange();
            return counts;
        }
    }

    /** Removes this one, not another one of its name; returns whether it counted. */
    public boolean remove(DockerServer server) {
        synchronized (secondOnes) {
            secondOnes.remove(server);
            if (has(server)) {
                // before it is gone: nobody may see it in neither place
                departed.add(server);
            }
            boolean counted = servers.remove(server.id(), server);
            noteChange();
            return counted;
        }
    }

    /** The next one of a name that nobody has any more counts from now on; empty if there is none. */
    public Optional<DockerServer> promote(ClusterId id) {
        synchronized (secondOnes) {
            Optional<DockerServer> next = secondOnes.stream()
                    .filter(server -> server.id().equals(id) && !servers.containsKey(id))
                    .findFirst();
            next.ifPresent(server -> {
                secondOnes.remove(server);
                servers.put(id, server);
                noteChange();
            });
            return next;
        }
    }

    /** Those that do not count, because others have their names. */
    public List<DockerServer> secondOnes() {
        synchronized (secondOnes) {
            return List.copyOf(secondOnes);
        }
    }

    /** Whether it counts now: it may be a former one of its name. */
    public boolean has(DockerServer server) {
        return server.equals(servers.get(server.id()));
    }

    /** The one that has this name now. */
    public Optional<DockerServer> present(ClusterId id) {
        return Optional.ofNullable(servers.get(id));
    }

    public Collection<DockerServer> servers() {
        return List.copyOf(servers.values());
    }

    /**
     * Behind the present ones those whose configuration went a moment ago: what runs there gets requests still. Under
     * another name it may be listed already.
     */
    public Collection<DockerServer> serving() {
        List<DockerServer> serving = new ArrayList<>(servers.values());
        departed
                .except(gone -> present(gone.id())
                        .filter(present -> !present.equals(gone))
                        .flatMap(DockerServer::last)
                        .isPresent())
                .stream()
                .filter(gone -> !serving.contains(gone))
                .forEach(serving::add);
        return List.copyOf(serving);
    }

    /**
     * @throws AdapterException {@code UNAVAILABLE} if there is no such server: it may be so while it is configured. No failure of the
     *     servers, and no answer of them either: nobody was asked
     */
    public DockerServer server(ClusterId id) {
        return present(id)
                .orElseThrow(() -> new AdapterException(
                        Kind.UNAVAILABLE, SMO, "Server %s is not configured; configure it".formatted(id)));
    }

    /** Takes note of the installation that this process belongs to: it has one. */
    public void learn(String owner) {
        installation = Optional.of(owner);
    }

    /**
     * Whose containers of a workload this process may change: those of its installation, as far as a request named it;
     * until then those
     * of the only one that has some.
     */
    public Optional<String> owner(WorkloadRef workload) {
        return installation.or(() -> {
            Set<String> owners = seen(workload).map(ContainerRecord::owner).collect(Collectors.toSet());
            return owners.size() == 1 ? owners.stream().findFirst() : Optional.empty();
        });
    }

    /** The newest revision of a workload of this owner on any server. */
    public Optional<ContainerRecord> newest(WorkloadRef workload, String owner) {
        return seen(workload).filter(record -> record.owner().equals(owner)).max(NEWEST);
    }

    /** The newest revision among containers. */
    public static Optional<ContainerRecord> newest(Collection<EngineContainer> containers) {
        return containers.stream()
                .flatMap(container -> container.record().stream())
                .max(NEWEST);
    }

    private Stream<ContainerRecord> seen(WorkloadRef workload) {
        return servers.values().stream()
                .flatMap(server -> server.last().stream())
                .flatMap(sighting -> sighting.containersOf(workload).stream())
                .flatMap(container -> container.record().stream());
    }

    /** One that was asked for a listing. */
    private record AskedServer(DockerServer server, boolean away, CompletableFuture<ServerListing> answer) {}

    /**
     * Lists all servers now, at the same time. One that does not answer is left out; for one that is away already nobody waits, as long
     * as others are not.
     *
     * @throws AdapterException if none answers: of the whole system
     */
    public Map<DockerServer, ServerListing> look(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        awaitFirst(end);
        List<AskedServer> asked = servers().stream()
                .map(server -> new AskedServer(server, isAway(server), server.request()))
                .toList();
        boolean waitsForAll = asked.stream().allMatch(AskedServer::away);
        Map<DockerServer, ServerListing> seen = new HashMap<>();
        List<AdapterException> failures = new ArrayList<>();
        // those that are away come last: meanwhile one of them may have answered after all
        Stream.concat(
                        asked.stream().filter(each -> !each.away()),
                        asked.stream().filter(AskedServer::away))
                .filter(each -> waitsForAll || !each.away() || each.answer().isDone())
                .forEach(each -> {
                    try {
                        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                        seen.put(each.server(), each.server().await(each.answer(), left));
                    } catch (AdapterException failed) {
                        failures.add(failed);
                    }
                });
        if (seen.isEmpty() && !failures.isEmpty()) {
            Kind first = failures.get(0).kind();
            throw noneAnswers(
                    failures.stream().allMatch(failed -> failed.kind() == first) ? first : Kind.UNAVAILABLE, failures);
        }
        return seen;
    }

    /**
     * The servers that answered lately, with what they said last. Those that were configured a moment ago are waited for.
     *
     * @throws AdapterException if there are servers, and none of them did: of the whole system
     */
    public Map<DockerServer, ServerListing> believed() {
        awaitFirst(System.nanoTime() + FIRST_OF_ALL.toNanos());
        Collection<DockerServer> all = servers();
        Map<DockerServer, ServerListing> seen = new HashMap<>();
        all.forEach(server -> server.believed().ifPresent(sighting -> seen.put(server, sighting)));
        if (seen.isEmpty() && !all.isEmpty()) {
            List<AdapterException> failures =
                    all.stream().flatMap(server -> server.failure().stream()).toList();
            boolean late = failures.stream().anyMatch(failed -> failed.kind() == Kind.TIMED_OUT);
            throw noneAnswers(late ? Kind.TIMED_OUT : Kind.UNAVAILABLE, failures);
        }
        return seen;
    }

    private static boolean isAway(DockerServer server) {
        return !server.isReady() && !server.isComing(FIRST_LISTING);
    }

    /** To be called after each attempt to list a server: somebody may wait for the first one. */
    public void noteChange() {
        changing.lock();
        try {
            changed.signalAll();
        } finally {
            changing.unlock();
        }
    }

    /** Returns when nobody is awaited any more, at that time, or interrupted. */
    private void awaitFirst(long endNanos) {
        if (awaitedNanos(endNanos) <= 0) {
            return;
        }
        changing.lock();
        try {
            // asked while it is locked: what changes from here on wakes
            for (long left = awaitedNanos(endNanos); left > 0; left = awaitedNanos(endNanos)) {
                var unused = changed.awaitNanos(left);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            changing.unlock();
        }
    }

    /** For how long servers that were configured a moment ago are waited for, if nothing changes; 0 or less for none. */
    private long awaitedNanos(long endNanos) {
        Duration within = servers.values().stream().anyMatch(DockerServer::isReady) ? FIRST_LISTING : FIRST_OF_ALL;
        long coming = servers.values().stream()
                .mapToLong(server -> server.comingNanos(within))
                .max()
                .orElse(0);
        return Math.min(coming, endNanos - System.nanoTime());
    }

    private static AdapterException noneAnswers(Kind kind, List<AdapterException> failures) {
        String why = failures.stream()
                .limit(MOST_NAMED)
                .map(AdapterException::getMessage)
                .collect(Collectors.joining("; "));
        return failures.isEmpty()
                ? new AdapterException(kind, EngineFailures.SYSTEM, "No server has been listed yet; retry")
                : new AdapterException(kind, EngineFailures.SYSTEM, "No server answers: " + why, failures.get(0));
    }
}
