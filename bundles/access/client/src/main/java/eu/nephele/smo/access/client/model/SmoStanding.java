// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** Whether it is used, and how it did. */
@ApiSchema("Standing")
public record SmoStanding(
        String state,
        String why,
        Instant since,
        String bundleVersion,
        long calls,
        long decisions,
        Optional<Instant> lastDecisionAt,
        long faults) {

    /** Reads it from an answer of the server. */
    public static SmoStanding from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoStanding(
                fields.text("state"),
                fields.text("why"),
                fields.time("since"),
                fields.text("bundleVersion"),
                fields.number("calls"),
                fields.number("decisions"),
                fields.timeIfPresent("lastDecisionAt"),
                fields.number("faults"));
    }
}
