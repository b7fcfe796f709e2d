// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** Recorded decisions that are made again. */
@ApiSchema("ReplaySummary")
public record SmoReplay(
        String id,
        String state,
        String message,
        long decisions,
        long replayed,
        long identical,
        Instant startedAt,
        Optional<Instant> finishedAt) {

    /** Reads it from an answer of the server. */
    public static SmoReplay from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoReplay(
                fields.text("id"),
                fields.text("state"),
                fields.text("message"),
                fields.number("decisions"),
                fields.number("replayed"),
                fields.number("identical"),
                fields.time("startedAt"),
                fields.timeIfPresent("finishedAt"));
    }
}
