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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All configured servers, and which installation acts on them. */
public final class ServerFleet {

    private static final Comparator<ContainerRecord> NEWEST =
            Comparator.comparingInt(ContainerRecord::revision).thenComparingLong(ContainerRecord::assignment);

    /** One per configuration. */
    private final Map<ClusterId, DockerServer> servers = new ConcurrentSkipListMap<>();

    private volatile Optional<String> installation = Optional.empty();

    public void add(DockerServer server) {
        servers.put(server.id(), server);
    }

    /** Removes this one, not another one of its name that came after it. */
    public void remove(DockerServer server) {
        servers.remove(server.id(), server);
    }

    public Collection<DockerServer> servers() {
        return List.copyOf(servers.values());
    }

    /** @throws AdapterException {@code REFUSED} if there is no such server */
    public DockerServer server(ClusterId id) {
        return Optional.ofNullable(servers.get(id))
                .orElseThrow(() -> new AdapterException(
                        Kind.REFUSED,
                        EngineFailures.SYSTEM,
                        "Server %s is not configured; configure it".formatted(id)));
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

    /**
     * Lists all servers now, at the same time. One that does not answer is left out.
     *
     * @throws AdapterException if none answers
     */
    public Map<DockerServer, ServerListing> look(Duration limit) {
        Map<DockerServer, CompletableFuture<ServerListing>> asked = new HashMap<>();
        servers().forEach(server -> asked.put(server, server.request()));
        long end = System.nanoTime() + limit.toNanos();
        Map<DockerServer, ServerListing> seen = new HashMap<>();
        Optional<AdapterException> failure = Optional.empty();
        for (Map.Entry<DockerServer, CompletableFuture<ServerListing>> each : asked.entrySet()) {
            try {
                Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
                seen.put(each.getKey(), each.getKey().await(each.getValue(), left));
            } catch (AdapterException failed) {
                failure = Optional.of(failed);
            }
        }
        if (seen.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return seen;
    }

    /**
     * The servers that answered lately, with what they said last.
     *
     * @throws AdapterException if there are servers, and none of them did
     */
    public Map<DockerServer, ServerListing> believed() {
        Map<DockerServer, ServerListing> seen = new HashMap<>();
        servers().forEach(server -> server.believed().ifPresent(sighting -> seen.put(server, sighting)));
        if (seen.isEmpty() && !servers.isEmpty()) {
            throw servers.values().stream()
                    .flatMap(server -> server.failure().stream())
                    .findFirst()
                    .map(failed -> new AdapterException(
                            failed.kind() == Kind.TIMED_OUT ? Kind.TIMED_OUT : Kind.UNAVAILABLE,
                            EngineFailures.SYSTEM,
                            failed.getMessage(),
                            failed))
                    .orElseGet(() -> new AdapterException(
                            Kind.UNAVAILABLE, EngineFailures.SYSTEM, "No server has been listed yet; retry"));
        }
        return seen;
    }
}
