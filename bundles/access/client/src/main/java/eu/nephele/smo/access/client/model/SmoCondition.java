// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** A condition of a graph or a resource. */
@ApiSchema("Condition")
public record SmoCondition(
        String type,
        String status,
        String reason,
        String message,
        Instant lastTransitionTime,
        long observedGeneration) {

    /** Reads it from an answer of the server. */
    public static SmoCondition from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoCondition(
                fields.text("type"),
                fields.text("status"),
                fields.text("reason"),
                fields.text("message"),
                fields.time("lastTransitionTime"),
                fields.number("observedGeneration"));
    }
}
