// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;

/** A graph that a plan leaves where it is. */
@ApiSchema("FleetPlan/staying")
public record SmoStayingGraph(String project, String graph, String reason) {

    /** Reads it from an answer of the server. */
    public static SmoStayingGraph from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoStayingGraph(fields.text("project"), fields.text("graph"), fields.text("reason"));
    }
}
