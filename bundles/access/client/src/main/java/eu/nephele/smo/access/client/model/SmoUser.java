// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** A user. */
@ApiSchema("User")
public record SmoUser(String name, String fullName, boolean enabled, boolean hasPassword, Instant createdAt) {

    /** Reads it from an answer of the server. */
    public static SmoUser from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoUser(
                fields.text("name"),
                fields.text("fullName"),
                fields.flag("enabled"),
                fields.flag("hasPassword"),
                fields.time("createdAt"));
    }
}
