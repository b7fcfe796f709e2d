// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.metrics.DockerMetrics;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadContainer.ContainerHealth;
import eu.nephele.smo.api.port.WorkloadContainer.LastExit;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single containers and engines, as they were listed last; only a log is asked for. */
public final class DockerInventory implements ContainerInventory {

    private static final Pattern EXITED = Pattern.compile("Exited \\((\\d{1,3})\\).*");
    private static final double PERCENT = 100;

    private final ServerFleet fleet;
    private final ReplicaPhases phases;
    private final DockerMetrics metrics;

    public DockerInventory(ServerFleet fleet, ReplicaPhases phases, DockerMetrics metrics) {
        this.fleet = fleet;
        this.phases = phases;
        this.metrics = metrics;
    }

    @Override
    public Map<WorkloadRef, List<WorkloadContainer>> containers(Collection<WorkloadRef> workloads) {
        Map<WorkloadRef, List<WorkloadContainer>> found = new HashMap<>();
        for (DockerServer server : fleet.servers()) {
            Optional<ServerListing> seen = server.last();
            for (WorkloadRef workload : workloads) {
                List<EngineContainer> its =
                        seen.map(there -> there.containersOf(workload)).orElse(List.of());
                its.stream()
                        .sorted(Comparator.comparingLong(EngineContainer::createdAt)
                                .thenComparing(EngineContainer::id))
                        .forEach(container -> found.computeIfAbsent(workload, any -> new ArrayList<>())
                                .add(shown(server, container)));
            }
        }
        return found;
    }

    private WorkloadContainer shown(DockerServer server, EngineContainer container) {
        Optional<Double> cores = container.isRunning() ? metrics.cores(server, container.id()) : Optional.empty();
        return new WorkloadContainer(
                container.id(),
                container.name().text(),
                server.id(),
                container.state(),
                health(server, container),
                container.ports().stream()
                        .collect(Collectors.toMap(
                                EngineContainer.PublishedBinding::container,
                                EngineContainer.PublishedBinding::host,
                                (one, other) -> one)),
                Instant.ofEpochSecond(container.createdAt()),
                cores.map(used -> OptionalDouble.of(used * PERCENT)).orElse(OptionalDouble.empty()),
                container.image(),
                container.imageId(),
                lastExit(container));
    }

    private ContainerHealth health(DockerServer server, EngineContainer container) {
        if (!container.isRunning()) {
            return ContainerHealth.UNKNOWN;
        }
        ReplicaPhase phase = phases.phase(server, container);
        return switch (phase) {
            case READY -> ContainerHealth.HEALTHY;
            case UNHEALTHY -> ContainerHealth.UNHEALTHY;
            default -> ContainerHealth.UNKNOWN;
        };
    }

    private static Optional<LastExit> lastExit(EngineContainer container) {
        Matcher exited = EXITED.matcher(container.status());
        return exited.matches()
                ? Optional.of(new LastExit(Integer.parseInt(exited.group(1)), container.status()))
                : Optional.empty();
    }

    @Override
    public List<EngineSummary> engines() {
        return fleet.servers().stream().map(DockerInventory::summary).toList();
    }

    private static EngineSummary summary(DockerServer server) {
        Optional<ServerListing> seen = server.last();
        Optional<String> failure = server.believed().isPresent()
                ? Optional.empty()
                : Optional.of(server.failure().map(AdapterException::getMessage).orElse("it was not listed yet"));
        return new EngineSummary(
                server.id(),
                seen.map(there -> there.facts().version()).orElse(""),
                seen.map(there -> there.facts().storageDriver()).orElse(""),
                seen.map(there -> there.facts().images()).orElse(0),
                seen.map(there -> (int) there.containers().stream()
                                .filter(EngineContainer::isRunning)
                                .count())
                        .orElse(0),
                server.settings().maxContainers(),
                failure);
    }

    @Override
    public List<String> log(ClusterId id, String container, int lines, int maxBytes) {
        // where no server answers, that is what is wrong
        fleet.believed();
        DockerServer server = fleet.server(id);
        boolean ours = server.last().stream()
                .flatMap(seen -> seen.containers().stream())
                .anyMatch(one -> one.id().equals(container) && one.record().isPresent());
        if (!ours) {
            throw server.failures()
                    .failure(
                            Kind.NOT_FOUND,
                            "Read the log of %s: server %s has no such container of ours"
                                    .formatted(container, id.name()));
        }
        return server.engine().log(container, lines, maxBytes);
    }
}
