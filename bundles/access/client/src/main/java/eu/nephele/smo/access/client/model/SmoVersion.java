// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** The version of a server. */
@ApiSchema("Version")
public record SmoVersion(String name, String version, String api, String java) {

    /** Reads it from an answer of the server. */
    public static SmoVersion from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoVersion(fields.text("name"), fields.text("version"), fields.text("api"), fields.text("java"));
    }
}
