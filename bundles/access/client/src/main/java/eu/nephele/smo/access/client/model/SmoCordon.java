// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** Why a cluster gets no new placements. */
@ApiSchema("FederationCluster/cordon")
public record SmoCordon(boolean draining, String reason, Optional<String> operation, Instant since) {

    /** Reads it from an answer of the server. */
    public static SmoCordon from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoCordon(
                fields.flag("draining"),
                fields.text("reason"),
                fields.textIfPresent("operation"),
                fields.time("since"));
    }
}
