// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A cluster or host on demand. */
@ApiSchema("Infrastructure")
public record SmoInfrastructure(String id, String status, JsonNode details) {

    /** Reads it from an answer of the server. */
    public static SmoInfrastructure from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoInfrastructure(fields.text("id"), fields.text("status"), fields.document("details"));
    }
}
