// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hyper-distributed application graph as its descriptor declares it. Valid by construction of the descriptor reader: ids are
 * unique, references point to services of the graph, dependencies have no cycle.
 *
 * @param id project and name
 * @param version semantic version of the descriptor, "" when it has none
 * @param staticPlacement whether the charts themselves say where they run; the orchestrator then does not place
 * @param intents graph-level wishes by name, as the descriptor has them
 * @param services in descriptor order, at least one; the row order of placement matrices and of installation
 * @param links who calls whom, in descriptor order
 * @param placement wish for the placement strategy
 * @param scaling wish for the scaling strategy
 * @param lifecycle what the orchestrator may do by itself
 * @param priority who gets the room when there is not enough for all: the higher number; 0 unless the descriptor says otherwise
 * @param descriptor the value below {@code hdaGraph}, exactly as it was sent
 */
public record Graph(
        GraphId id,
        String version,
        boolean staticPlacement,
        Map<String, JsonValue> intents,
        List<ServiceSpec> services,
        List<Link> links,
        StrategySelection placement,
        StrategySelection scaling,
        LifecyclePolicy lifecycle,
        int priority,
        JsonObject descriptor) {

    /** The priority of a graph that does not name one. */
    public static final int STANDARD_PRIORITY = 0;

    public Graph {
        intents = Collections.unmodifiableMap(new LinkedHashMap<>(intents));
        services = List.copyOf(services);
        links = List.copyOf(links);
    }

    public Optional<ServiceSpec> service(String serviceId) {
        return services.stream()
                .filter(service -> service.id().equals(serviceId))
                .findFirst();
    }
}
