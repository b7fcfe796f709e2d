// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** A recorded decision without its details. */
@ApiSchema("DecisionSummary")
public record SmoDecisionSummary(
        String id,
        String kind,
        String project,
        String graph,
        long generation,
        Instant at,
        String reason,
        SmoStrategyRef strategy,
        String outcome,
        boolean fallback,
        double durationMillis) {

    /** Reads it from an answer of the server. */
    public static SmoDecisionSummary from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoDecisionSummary(
                fields.text("id"),
                fields.text("kind"),
                fields.text("project"),
                fields.text("graph"),
                fields.number("generation"),
                fields.time("at"),
                fields.text("reason"),
                fields.object("strategy", SmoStrategyRef::from),
                fields.text("outcome"),
                fields.flag("fallback"),
                fields.decimal("durationMillis"));
    }
}
