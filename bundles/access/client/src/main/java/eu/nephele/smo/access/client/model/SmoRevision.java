// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** A former descriptor of a graph; lists do not have the descriptor itself. */
@ApiSchema("Revision")
public record SmoRevision(long revision, String cause, String principal, Instant createdAt, JsonNode hdaGraph) {

    /** Reads it from an answer of the server. */
    public static SmoRevision from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoRevision(
                fields.number("revision"),
                fields.text("cause"),
                fields.text("principal"),
                fields.time("createdAt"),
                fields.document("hdaGraph"));
    }
}
