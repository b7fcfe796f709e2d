// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import eu.nephele.smo.core.engine.graph.ReleaseValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph as it is deployed. */
public record DeployedGraph(Graph graph, Placement placement, Map<String, EffectiveService> services) {

    public static DeployedGraph of(Graph graph, DecidedGraph decided) {
        return new DeployedGraph(
                graph, decided.placement(), decided.constraints().services());
    }

    boolean has(String service) {
        return graph.service(service).isPresent();
    }

    Optional<DeployedContent> content(String service) {
        return graph.service(service).map(spec -> {
            List<ClusterId> imports = ReleaseValues.imports(graph, service, placement);
            JsonObject values = ReleaseValues.merge(graph, spec, placement.clustersOf(service), imports);
            Resources perReplica =
                    services.getOrDefault(service, EffectiveService.NOTHING).perReplica();
            return new DeployedContent(spec.artifact().reference(), values, perReplica);
        });
    }

    record DeployedContent(String artifact, JsonObject values, Resources perReplica) {}
}
