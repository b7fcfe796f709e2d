// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** A receiver of events that was just registered, with its secret. */
@ApiSchema("NewWebhook")
public record SmoNewWebhook(SmoWebhook webhook, Optional<String> secret) {

    /** Reads it from an answer of the server. */
    public static SmoNewWebhook from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoNewWebhook(SmoWebhook.from(json), fields.textIfPresent("secret"));
    }

    @Override
    public String toString() {
        return "SmoNewWebhook[webhook=%s, secret=***]".formatted(webhook);
    }
}
