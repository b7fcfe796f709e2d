// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A cluster of a source. */
@ApiSchema("FleetCluster")
public record SmoClusterRef(String source, String name) {

    /** Reads it from an answer of the server. */
    public static SmoClusterRef from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoClusterRef(fields.text("source"), fields.text("name"));
    }
}
