// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A receiver of events. */
@ApiSchema("Webhook")
public record SmoWebhook(
        String id,
        String url,
        List<String> types,
        List<String> projects,
        boolean paused,
        Instant createdAt,
        Optional<String> registeredBy) {

    public SmoWebhook {
        types = List.copyOf(types);
        projects = List.copyOf(projects);
    }

    /** Reads it from an answer of the server. */
    public static SmoWebhook from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoWebhook(
                fields.text("id"),
                fields.text("url"),
                fields.texts("types"),
                fields.texts("projects"),
                fields.flag("paused"),
                fields.time("createdAt"),
                fields.textIfPresent("registeredBy"));
    }
}
