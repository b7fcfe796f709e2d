// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** A change that a provider was asked for. */
@ApiSchema("InfrastructureRequest")
public record SmoInfrastructureRequest(
        String id,
        String provider,
        String action,
        Optional<String> infrastructure,
        String state,
        Instant createdAt,
        Optional<Instant> endedAt,
        Optional<SmoInfrastructure> result) {

    /** Reads it from an answer of the server. */
    public static SmoInfrastructureRequest from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoInfrastructureRequest(
                fields.text("id"),
                fields.text("provider"),
                fields.text("action"),
                fields.textIfPresent("infrastructure"),
                fields.text("state"),
                fields.time("createdAt"),
                fields.timeIfPresent("endedAt"),
                fields.objectIfPresent("result", SmoInfrastructure::from));
    }
}
