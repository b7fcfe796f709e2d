// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** Use and limit of something. */
@ApiSchema("Quota/members")
public record SmoQuotaMember(long used, Optional<Long> limit) {

    /** Reads it from an answer of the server. */
    public static SmoQuotaMember from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoQuotaMember(fields.number("used"), fields.numberIfPresent("limit"));
    }
}
