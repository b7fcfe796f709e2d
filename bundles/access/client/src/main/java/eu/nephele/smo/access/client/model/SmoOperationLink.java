// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** The operation in progress. */
@ApiSchema("OperationLink")
public record SmoOperationLink(String id, String kind, String state, String href) {

    /** Reads it from an answer of the server. */
    public static SmoOperationLink from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoOperationLink(fields.text("id"), fields.text("kind"), fields.text("state"), fields.text("href"));
    }
}
