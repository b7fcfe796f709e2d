// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** Replicas on a cluster, and how many of them are ready. */
@ApiSchema("Service/shares")
public record SmoServiceShare(String cluster, int replicas, int readyReplicas) {

    /** Reads it from an answer of the server. */
    public static SmoServiceShare from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoServiceShare(fields.text("cluster"), fields.count("replicas"), fields.count("readyReplicas"));
    }
}
