// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** An event. */
@ApiSchema("CloudEvent")
public record SmoCloudEvent(
        String id,
        String source,
        String type,
        Optional<String> subject,
        Instant time,
        String sequence,
        Optional<String> correlationid,
        Optional<String> traceparent,
        Optional<String> operation,
        Optional<Long> generation,
        JsonNode data) {

    /** Reads it from an answer of the server. */
    public static SmoCloudEvent from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoCloudEvent(
                fields.text("id"),
                fields.text("source"),
                fields.text("type"),
                fields.textIfPresent("subject"),
                fields.time("time"),
                fields.text("sequence"),
                fields.textIfPresent("correlationid"),
                fields.textIfPresent("traceparent"),
                fields.textIfPresent("operation"),
                fields.numberIfPresent("generation"),
                fields.document("data"));
    }
}
