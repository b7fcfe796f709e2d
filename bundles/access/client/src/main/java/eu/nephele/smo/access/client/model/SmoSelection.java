// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** A strategy that is chosen. */
@ApiSchema("Selection")
public record SmoSelection(Optional<String> id, Optional<String> version, JsonNode parameters, JsonNode objectives) {

    /** Reads it from an answer of the server. */
    public static SmoSelection from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoSelection(
                fields.textIfPresent("id"),
                fields.textIfPresent("version"),
                fields.document("parameters"),
                fields.document("objectives"));
    }
}
