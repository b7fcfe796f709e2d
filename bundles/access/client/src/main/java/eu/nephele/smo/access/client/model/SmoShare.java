// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** Replicas on a cluster. */
@ApiSchema("Shares")
public record SmoShare(String cluster, int replicas) {

    /** Reads it from an answer of the server. */
    public static SmoShare from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoShare(fields.text("cluster"), fields.count("replicas"));
    }
}
