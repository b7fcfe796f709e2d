// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** The costs of an objective. */
@ApiSchema("ComparedTerms")
public record SmoComparedTerm(
        String objective, String unit, Optional<Double> live, Optional<Double> shadow, Optional<Double> difference) {

    /** Reads it from an answer of the server. */
    public static SmoComparedTerm from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoComparedTerm(
                fields.text("objective"),
                fields.text("unit"),
                fields.decimalIfPresent("live"),
                fields.decimalIfPresent("shadow"),
                fields.decimalIfPresent("difference"));
    }
}
