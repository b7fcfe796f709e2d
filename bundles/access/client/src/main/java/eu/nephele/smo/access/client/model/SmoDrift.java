// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;

/** A difference of a workload that was made outside. */
@ApiSchema("Graph/drift")
public record SmoDrift(String service, String field, String expected, String actual, Instant since) {

    /** Reads it from an answer of the server. */
    public static SmoDrift from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoDrift(
                fields.text("service"),
                fields.text("field"),
                fields.text("expected"),
                fields.text("actual"),
                fields.time("since"));
    }
}
