// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** A graph without its services. */
@ApiSchema("GraphSummary")
public record SmoGraphSummary(
        String project,
        String name,
        String version,
        long generation,
        long revision,
        boolean paused,
        String desired,
        String phase,
        boolean staticPlacement,
        Optional<String> decisionId,
        Instant createdAt,
        Instant updatedAt) {

    /** Reads it from an answer of the server. */
    public static SmoGraphSummary from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoGraphSummary(
                fields.text("project"),
                fields.text("name"),
                fields.text("version"),
                fields.number("generation"),
                fields.number("revision"),
                fields.flag("paused"),
                fields.text("desired"),
                fields.text("phase"),
                fields.flag("staticPlacement"),
                fields.textIfPresent("decisionId"),
                fields.time("createdAt"),
                fields.time("updatedAt"));
    }
}
