// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rejects artifacts that no deployer installs. As long as no deployer at all has come since the start nothing is known,
 * and a graph waits for one; a former deployer may come back, and artifacts that a graph has already were installed
 * before.
 */
final class ArtifactTypes {

    private final AdapterPorts ports;
    private final ClusterInventory clusterInventory;
    private final GraphRepository graphs;

    ArtifactTypes(AdapterPorts ports, ClusterInventory clusterInventory, GraphRepository graphs) {
        this.ports = ports;
        this.clusterInventory = clusterInventory;
        this.graphs = graphs;
    }

    /**
     * @throws SmoException {@code INVALID} with the places of all types that no deployer installs; {@code UNAVAILABLE}
     *     while deployers that were there before this process began may still come
     */
    void check(Graph graph) {
        Set<String> offered = ports.artifactTypes();
        if (offered.isEmpty() || offered.containsAll(types(graph))) {
            return;
        }
        Set<String> present = graphs.find(graph.id())
                .map(record -> types(graphs.read(record.desired())))
                .orElse(Set.of());
        List<Violation> unknown = unknown(graph, offered, present);
        if (unknown.isEmpty()) {
            return;
        }
        Duration timeout = clusterInventory.patience();
        if (!timeout.isZero()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "The server has just started and some deployers may still be starting: "
                            + unknown.get(0).message(),
                    Optional.of(timeout));
        }
        throw SmoException.invalid(
                "The descriptor names a deployment tool for which no deployer is installed: "
                        + unknown.get(0).message(),
                unknown);
    }

    private static List<Violation> unknown(Graph graph, Set<String> offered, Set<String> present) {
        List<Violation> unknown = new ArrayList<>();
        for (int i = 0; i < graph.services().size(); i++) {
            ServiceSpec service = graph.services().get(i);
            if (!offered.contains(type(service)) && !present.contains(type(service))) {
                unknown.add(new Violation(
                        "/hdaGraph/services/%d/artifact/ociRun/name".formatted(i),
                        "no deployer installs artifacts of type %s; installed are: %s"
                                .formatted(service.artifact().runtime(), String.join(", ", offered))));
            }
        }
        return unknown;
    }

    private static Set<String> types(Graph graph) {
        return graph.services().stream().map(ArtifactTypes::type).collect(Collectors.toSet());
    }

    private static String type(ServiceSpec service) {
        return service.artifact().runtime().toLowerCase(Locale.ROOT);
    }
}
