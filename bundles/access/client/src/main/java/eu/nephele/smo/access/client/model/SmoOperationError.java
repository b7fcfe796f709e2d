// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** The obstacle of an operation, or its failure. */
@ApiSchema("Operation/error")
public record SmoOperationError(String kind, String source, String message) {

    /** Reads it from an answer of the server. */
    public static SmoOperationError from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoOperationError(fields.text("kind"), fields.text("source"), fields.text("message"));
    }
}
