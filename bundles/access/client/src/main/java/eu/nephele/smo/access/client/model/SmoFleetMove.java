// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** A service that a plan moves. */
@ApiSchema("FleetMoves")
public record SmoFleetMove(String service, Optional<SmoClusterRef> from, SmoClusterRef to) {

    /** Reads it from an answer of the server. */
    public static SmoFleetMove from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoFleetMove(
                fields.text("service"),
                fields.objectIfPresent("from", SmoClusterRef::from),
                fields.object("to", SmoClusterRef::from));
    }
}
