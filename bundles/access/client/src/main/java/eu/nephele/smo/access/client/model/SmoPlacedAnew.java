// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** The cost of the graph with the service on that cluster and the rest placed anew. */
@ApiSchema("PlacedAnew")
public record SmoPlacedAnew(double cost, double costDifference, List<SmoMove> moves, boolean proven) {

    public SmoPlacedAnew {
        moves = List.copyOf(moves);
    }

    /** Reads it from an answer of the server. */
    public static SmoPlacedAnew from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPlacedAnew(
                fields.decimal("cost"),
                fields.decimal("costDifference"),
                fields.list("moves", SmoMove::from),
                fields.flag("proven"));
    }
}
