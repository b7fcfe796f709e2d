// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** An API key without its token. */
@ApiSchema("ApiKey")
public record SmoKey(
        String name,
        String principal,
        String description,
        String prefix,
        int secrets,
        Optional<Instant> until,
        Optional<Instant> lastUsedAt,
        String createdBy,
        Instant createdAt) {

    /** Reads it from an answer of the server. */
    public static SmoKey from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoKey(
                fields.text("name"),
                fields.text("principal"),
                fields.text("description"),
                fields.text("prefix"),
                fields.count("secrets"),
                fields.timeIfPresent("until"),
                fields.timeIfPresent("lastUsedAt"),
                fields.text("createdBy"),
                fields.time("createdAt"));
    }
}
