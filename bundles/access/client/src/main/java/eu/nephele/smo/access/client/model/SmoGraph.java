// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph with its services, its placement and its descriptor. */
@ApiSchema("Graph")
public record SmoGraph(
        SmoGraphSummary summary,
        Optional<SmoOperationLink> operation,
        List<SmoDrift> drift,
        Optional<String> dashboard,
        List<SmoCondition> conditions,
        Map<String, List<SmoShare>> placement,
        List<String> clusters,
        List<SmoService> services,
        JsonNode hdaGraph) {

    public SmoGraph {
        drift = List.copyOf(drift);
        conditions = List.copyOf(conditions);
        placement = Map.copyOf(placement);
        clusters = List.copyOf(clusters);
        services = List.copyOf(services);
    }

    /** Reads it from an answer of the server. */
    public static SmoGraph from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoGraph(
                SmoGraphSummary.from(json),
                fields.objectIfPresent("operation", SmoOperationLink::from),
                fields.list("drift", SmoDrift::from),
                fields.textIfPresent("dashboard"),
                fields.list("conditions", SmoCondition::from),
                fields.map("placement", items -> JsonFields.items(items, SmoShare::from)),
                fields.texts("clusters"),
                fields.list("services", SmoService::from),
                fields.document("hdaGraph"));
    }

    /** The service of that name, if the graph has it. */
    public Optional<SmoService> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /** Whether a condition of that type is true. */
    public boolean has(String condition) {
        return conditions.stream()
                .anyMatch(present ->
                        present.type().equals(condition) && present.status().equals("True"));
    }
}
