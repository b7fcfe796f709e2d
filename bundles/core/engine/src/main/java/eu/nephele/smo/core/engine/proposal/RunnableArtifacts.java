// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which services of a graph clusters run, by the types of their artifacts: a server with Docker runs no charts. Of a type that nobody ever
 * installed and no cluster says it runs, the missing deployer is the reason that helps, and not the clusters.
 */
final class RunnableArtifacts {

    private final Map<String, String> typeOfService;
    private final List<Set<String>> typesOfClusters;

    /** @param clusters columns of the problem */
    RunnableArtifacts(
            Graph graph, List<ClusterCapacity> clusters, ClusterInventory clusterInventory, AdapterPorts ports) {
        this.typesOfClusters = clusters.stream()
                .map(cluster -> clusterInventory
                        .state(cluster.id())
                        .map(ClusterState::artifactTypes)
                        .orElse(Set.of()))
                .toList();
        this.typeOfService = graph.services().stream()
                .filter(service -> !ports.neverInstalled(service.artifact().runtime())
                        || typesOfClusters.stream().anyMatch(types -> types.contains(type(service.artifact()))))
                .collect(Collectors.toUnmodifiableMap(ServiceSpec::id, service -> type(service.artifact())));
    }

    /** Why the cluster of this column does not run the service; "" when it does, or does not say. */
    String why(String service, int column) {
        Set<String> types = typesOfClusters.get(column);
        String type = typeOfService.getOrDefault(service, "");
        return type.isEmpty() || types.isEmpty() || types.contains(type)
                ? ""
                : "the cluster runs artifacts of type %s, not %s".formatted(String.join(", ", types), type);
    }

    private static String type(Artifact artifact) {
        return artifact.runtime().toLowerCase(Locale.ROOT);
    }
}
