// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;

/** A plan that places many graphs again together. */
@ApiSchema("FleetPlan")
public record SmoFleetPlan(
        String id,
        String state,
        String message,
        String origin,
        boolean hypothetical,
        Instant createdAt,
        Instant expiresAt,
        int moves,
        double costBefore,
        double costAfter,
        List<SmoFleetStep> steps,
        List<SmoStayingGraph> staying) {

    public SmoFleetPlan {
        steps = List.copyOf(steps);
        staying = List.copyOf(staying);
    }

    /** Reads it from an answer of the server. */
    public static SmoFleetPlan from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoFleetPlan(
                fields.text("id"),
                fields.text("state"),
                fields.text("message"),
                fields.text("origin"),
                fields.flag("hypothetical"),
                fields.time("createdAt"),
                fields.time("expiresAt"),
                fields.count("moves"),
                fields.decimal("costBefore"),
                fields.decimal("costAfter"),
                fields.list("steps", SmoFleetStep::from),
                fields.list("staying", SmoStayingGraph::from));
    }
}
