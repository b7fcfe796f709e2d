// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.graph.ReplicaHold;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is known of the configured pool at this moment, for somebody who may see it. */
final class PoolReading {

    private final PoolFiles files;
    private final PoolServices core;
    private final Supplier<List<ContainerInventory>> inventories;
    private final ScalingLog log;

    PoolReading(PoolFiles files, PoolServices core, Supplier<List<ContainerInventory>> inventories, ScalingLog log) {
        this.files = files;
        this.core = core;
        this.inventories = inventories;
        this.log = log;
    }

    /** The running file, without services while there is none. */
    Optional<ContainersFile> file(CallContext call) {
        return files.running(call);
    }

    String project() {
        return files.project();
    }

    GraphId id(String service) {
        return new GraphId(project(), service);
    }

    Optional<GraphView> graph(String service, CallContext call) {
        return core.graphs().find(id(service), call);
    }

    /** The number that a person asked for, as long as the core does not know it yet. */
    Optional<ReplicaHold> awaited(String service, CallContext call) {
        return files.awaitedReplicas(service, call).map(replicas -> new ReplicaHold(replicas, Optional.empty()));
    }

    /** How many replicas are asked for: by a person, as long as that counts, or decided. */
    static int wanted(GraphView graph, Instant now) {
        return graph.services().stream()
                .mapToInt(service -> service.hold()
                        .filter(hold -> hold.counts(now))
                        .map(ReplicaHold::replicas)
                        .orElseGet(() -> service.shares().stream()
                                .mapToInt(Share::replicas)
                                .sum()))
                .sum();
    }

    /** How many replicas are decided. */
    static int decided(GraphView graph) {
        return graph.services().stream()
                .flatMap(service -> service.shares().stream())
                .mapToInt(Share::replicas)
                .sum();
    }

    /** The containers of services, in one call. Those of whom nothing is known are missing. */
    Map<String, List<WorkloadContainer>> containers(List<ServiceEntry> services) {
        Map<WorkloadRef, String> names = new HashMap<>();
        for (ServiceEntry service : services) {
            names.put(workload(service), service.name());
        }
        Map<String, List<WorkloadContainer>> all = new HashMap<>();
        for (ContainerInventory inventory : inventories.get()) {
            inventory.containers(names.keySet()).forEach((workload, found) -> all.computeIfAbsent(
                            names.get(workload), name -> new ArrayList<>())
                    .addAll(found));
        }
        return all;
    }

    /**
     * The last of what a container of a service has written.
     *
     * @param id whole, or so much of its begin that it is the only one
     * @throws SmoException {@code NOT_FOUND} when the service has no such container
     */
    List<String> log(ServiceEntry service, String id, int lines, int maxBytes) {
        WorkloadRef workload = workload(service);
        for (ContainerInventory inventory : inventories.get()) {
            List<WorkloadContainer> found =
                    inventory.containers(List.of(workload)).getOrDefault(workload, List.of()).stream()
                            .filter(container -> container.id().startsWith(id))
                            .toList();
            if (found.size() == 1) {
                return inventory.log(found.get(0).server(), found.get(0).id(), lines, maxBytes);
            }
        }
        throw SmoException.notFound("Service %s has no container %s".formatted(service.name(), id));
    }

    private WorkloadRef workload(ServiceEntry service) {
        return new WorkloadRef(id(service.name()), service.name());
    }

    List<EngineSummary> engines() {
        return inventories.get().stream()
                .flatMap(inventory -> inventory.engines().stream())
                .toList();
    }

    List<ScalingEvent> events() {
        return log.latest();
    }

    /** How long a service is not scaled any more because it was a moment ago; zero when it may be. */
    Duration cooldown(ServiceEntry service, Instant now) {
        return log.lastStep(service.name())
                .map(last -> Duration.between(now, last.plus(service.cpu().cooldown())))
                .filter(rest -> !rest.isNegative())
                .orElse(Duration.ZERO);
    }
}
