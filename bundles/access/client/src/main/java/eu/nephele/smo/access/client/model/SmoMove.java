// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A service that would move. */
@ApiSchema("PlacedAnew/moves")
public record SmoMove(String service, String from, String to) {

    /** Reads it from an answer of the server. */
    public static SmoMove from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoMove(fields.text("service"), fields.text("from"), fields.text("to"));
    }
}
