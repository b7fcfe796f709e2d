// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadContainer.ContainerHealth;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Two that run, of which one is measured, and one that has ended. */
final class TwoContainers implements ContainerInventory {

    private static final ClusterId EDGE = new ClusterId("docker", "edge-1");

    @Override
    public Map<WorkloadRef, List<WorkloadContainer>> containers(Collection<WorkloadRef> workloads) {
        WorkloadRef web = new WorkloadRef(new GraphId("shop", "web"), "web");
        return workloads.contains(web)
                ? Map.of(
                        web,
                        List.of(
                                container("c1", "running", OptionalDouble.of(42.126)),
                                container("c2", "running", OptionalDouble.empty()),
                                container("c3", "exited", OptionalDouble.empty())))
                : Map.of();
    }

    private static WorkloadContainer container(String id, String state, OptionalDouble cpu) {
        return new WorkloadContainer(
                id,
                "web-1-aa",
                EDGE,
                state,
                ContainerHealth.HEALTHY,
                Map.of(8080, 32768),
                Instant.EPOCH,
                cpu,
                "registry.example/shop/web:1",
                "",
                Optional.empty());
    }

    @Override
    public List<EngineSummary> engines() {
        return List.of(new EngineSummary(EDGE, "4.3.1", "vfs", 7, 3, 12, Optional.empty()));
    }

    @Override
    public List<String> log(ClusterId server, String container, int lines, int maxBytes) {
        return List.of("%s %s".formatted(server, container), "%d lines".formatted(lines));
    }
}
