// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** A cluster that was not chosen. */
@ApiSchema("RejectedCluster")
public record SmoRejectedCluster(
        Optional<String> cluster,
        boolean possible,
        Optional<String> reason,
        Optional<Double> costDifference,
        Optional<String> movedFrom,
        Optional<SmoPlacedAnew> placedAnew,
        Optional<String> notPlacedAnew) {

    /** Reads it from an answer of the server. */
    public static SmoRejectedCluster from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoRejectedCluster(
                fields.textIfPresent("cluster"),
                fields.flag("possible"),
                fields.textIfPresent("reason"),
                fields.decimalIfPresent("costDifference"),
                fields.textIfPresent("movedFrom"),
                fields.objectIfPresent("placedAnew", SmoPlacedAnew::from),
                fields.textIfPresent("notPlacedAnew"));
    }
}
