// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** The resource that an operation changes; the project is empty for kinds of the server. */
@ApiSchema("OperationTarget")
public record SmoTarget(String kind, String project, String name) {

    /** Reads it from an answer of the server. */
    public static SmoTarget from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoTarget(fields.text("kind"), fields.text("project"), fields.text("name"));
    }
}
