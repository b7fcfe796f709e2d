// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** The answer to a cordon. */
@ApiSchema("ClusterDirective")
public record SmoClusterDirective(
        String name,
        String source,
        boolean cordoned,
        boolean draining,
        String reason,
        Optional<String> operation,
        Instant since) {

    /** Reads it from an answer of the server. */
    public static SmoClusterDirective from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoClusterDirective(
                fields.text("name"),
                fields.text("source"),
                fields.flag("cordoned"),
                fields.flag("draining"),
                fields.text("reason"),
                fields.textIfPresent("operation"),
                fields.time("since"));
    }
}
