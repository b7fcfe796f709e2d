// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A default strategy. */
@ApiSchema("Default")
public record SmoDefault(String key, String value, boolean configured, String remark) {

    /** Reads it from an answer of the server. */
    public static SmoDefault from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoDefault(
                fields.text("key"), fields.text("value"), fields.flag("configured"), fields.text("remark"));
    }
}
