// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A step of an operation. */
@ApiSchema("Operation/steps")
public record SmoOperationStep(String action, String subject, String detail, String state, String message) {

    /** Reads it from an answer of the server. */
    public static SmoOperationStep from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoOperationStep(
                fields.text("action"),
                fields.text("subject"),
                fields.text("detail"),
                fields.text("state"),
                fields.text("message"));
    }
}
