// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** A delivery of an event to a webhook. */
@ApiSchema("Delivery")
public record SmoDelivery(
        long sequence,
        String state,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Optional<Instant> finishedAt,
        Optional<Integer> lastStatus,
        Optional<String> lastError,
        SmoCloudEvent event) {

    /** Reads it from an answer of the server. */
    public static SmoDelivery from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoDelivery(
                fields.number("sequence"),
                fields.text("state"),
                fields.count("attempts"),
                fields.timeIfPresent("nextAttemptAt"),
                fields.timeIfPresent("finishedAt"),
                fields.countIfPresent("lastStatus"),
                fields.textIfPresent("lastError"),
                fields.object("event", SmoCloudEvent::from));
    }
}
