// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Descriptors whose servers all weigh the same: what is asked for apart from the order of the servers. */
final class EvenWeights {

    private static final List<String> PATH = List.of("deployment", "intent", "spread", "weights");
    private static final JsonValue ONE = JsonNumber.of(1);

    private EvenWeights() {}

    /** @param graph what is in {@code hdaGraph} */
    static JsonObject in(JsonObject graph) {
        return changed(
                graph,
                "services",
                services -> services instanceof JsonArray list
                        ? new JsonArray(list.items().stream()
                                .map(service -> changed(service, PATH))
                                .toList())
                        : services);
    }

    private static JsonValue changed(JsonValue value, List<String> path) {
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        return path.isEmpty()
                ? even(object)
                : changed(object, path.get(0), member -> changed(member, path.subList(1, path.size())));
    }

    private static JsonObject changed(JsonObject object, String member, UnaryOperator<JsonValue> change) {
        return object.get(member)
                .map(value -> object.with(member, change.apply(value)))
                .orElse(object);
    }

    private static JsonObject even(JsonObject weights) {
        Map<String, JsonValue> even = new LinkedHashMap<>();
        weights.members().keySet().forEach(server -> even.put(server, ONE));
        return new JsonObject(even);
    }
}
