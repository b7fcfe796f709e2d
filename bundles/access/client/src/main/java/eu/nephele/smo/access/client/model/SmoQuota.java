// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Map;

/** What a project may have, and has. */
@ApiSchema("Quota")
public record SmoQuota(String project, String source, Map<String, SmoQuotaMember> members) {

    public SmoQuota {
        members = Map.copyOf(members);
    }

    /** Reads it from an answer of the server. */
    public static SmoQuota from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoQuota(fields.text("project"), fields.text("source"), fields.map("members", SmoQuotaMember::from));
    }
}
