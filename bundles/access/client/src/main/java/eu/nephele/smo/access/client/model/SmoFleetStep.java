// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/** What a plan does with one graph. */
@ApiSchema("FleetPlan/steps")
public record SmoFleetStep(
        int step,
        String project,
        String graph,
        List<SmoFleetMove> moves,
        double gain,
        String state,
        Optional<String> operation,
        String message) {

    public SmoFleetStep {
        moves = List.copyOf(moves);
    }

    /** Reads it from an answer of the server. */
    public static SmoFleetStep from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoFleetStep(
                fields.count("step"),
                fields.text("project"),
                fields.text("graph"),
                fields.list("moves", SmoFleetMove::from),
                fields.decimal("gain"),
                fields.text("state"),
                fields.textIfPresent("operation"),
                fields.text("message"));
    }
}
