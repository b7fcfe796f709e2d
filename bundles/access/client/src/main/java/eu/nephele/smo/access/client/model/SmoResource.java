// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A resource of a kind that a bundle brings. */
@ApiSchema("Resource")
public record SmoResource(
        String kind,
        Optional<String> project,
        String name,
        String uid,
        long generation,
        String phase,
        JsonNode desired,
        Map<String, String> labels,
        JsonNode observed,
        List<SmoCondition> conditions,
        Instant createdAt,
        Instant updatedAt) {

    public SmoResource {
        labels = Map.copyOf(labels);
        conditions = List.copyOf(conditions);
    }

    /** Reads it from an answer of the server. */
    public static SmoResource from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoResource(
                fields.text("kind"),
                fields.textIfPresent("project"),
                fields.text("name"),
                fields.text("uid"),
                fields.number("generation"),
                fields.text("phase"),
                fields.document("desired"),
                fields.map("labels", JsonNode::asText),
                fields.document("observed"),
                fields.list("conditions", SmoCondition::from),
                fields.time("createdAt"),
                fields.time("updatedAt"));
    }
}
