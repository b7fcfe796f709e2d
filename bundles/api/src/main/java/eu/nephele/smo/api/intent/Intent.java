// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.intent;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import java.util.Optional;

/**
 * A wish of a descriptor.
 *
 * @param name for example {@code energyEfficiency}
 * @param graph the graph that has it
 * @param service id of the service that has it; empty for a wish of the whole graph
 * @param value what the descriptor says, valid by the schema of its handler
 */
public record Intent(String name, Graph graph, Optional<String> service, JsonValue value) {

    /** JSON pointer of the value within the request body, for messages. */
    public String pointer() {
        return service.map(id -> "/hdaGraph/services/%d/deployment/intent/%s".formatted(indexOf(id), name))
                .orElse("/hdaGraph/hdaGraphIntent/" + name);
    }

    private int indexOf(String id) {
        return graph.services().stream().map(spec -> spec.id()).toList().indexOf(id);
    }
}
