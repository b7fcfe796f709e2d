// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** Replicas that a person has set. */
@ApiSchema("Service/hold")
public record SmoReplicaHold(int replicas, Optional<Instant> until) {

    /** Reads it from an answer of the server. */
    public static SmoReplicaHold from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoReplicaHold(fields.count("replicas"), fields.timeIfPresent("until"));
    }
}
