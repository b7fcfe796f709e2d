// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A strategy of a version. */
@ApiSchema("SweptStrategy")
public record SmoStrategyRef(String id, String version) {

    /** Reads it from an answer of the server. */
    public static SmoStrategyRef from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoStrategyRef(fields.text("id"), fields.text("version"));
    }
}
