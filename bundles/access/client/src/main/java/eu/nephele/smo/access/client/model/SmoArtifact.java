// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** What a service is installed from. */
@ApiSchema("Service/artifact")
public record SmoArtifact(String reference, String kind, String implementer) {

    /** Reads it from an answer of the server. */
    public static SmoArtifact from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoArtifact(fields.text("reference"), fields.text("kind"), fields.text("implementer"));
    }
}
