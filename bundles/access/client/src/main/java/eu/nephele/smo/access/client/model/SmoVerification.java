// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/** Whether the recorded costs and bounds of a decision hold. */
@ApiSchema("Verification")
public record SmoVerification(
        String decision, String verdict, List<String> flaws, List<String> text, Optional<Double> gapPercent) {

    public SmoVerification {
        flaws = List.copyOf(flaws);
        text = List.copyOf(text);
    }

    /** Reads it from an answer of the server. */
    public static SmoVerification from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoVerification(
                fields.text("decision"),
                fields.text("verdict"),
                fields.texts("flaws"),
                fields.texts("text"),
                fields.decimalIfPresent("gapPercent"));
    }
}
