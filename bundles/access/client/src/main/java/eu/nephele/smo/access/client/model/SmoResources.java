// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Map;

/** Amounts of what clusters have and services need; {@code gpus} is a number or {@code unlimited}. */
@ApiSchema("Resources")
public record SmoResources(
        long cpuMillis, long memoryBytes, long storageBytes, String gpus, Map<String, Long> extended) {

    public SmoResources {
        extended = Map.copyOf(extended);
    }

    /** Reads it from an answer of the server. */
    public static SmoResources from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoResources(
                fields.number("cpuMillis"),
                fields.number("memoryBytes"),
                fields.number("storageBytes"),
                fields.text("gpus"),
                fields.map("extended", JsonNode::asLong));
    }
}
