// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;
import java.util.Optional;

/** A strategy, objective or intent that is installed. */
@ApiSchema("Strategy")
public record SmoStrategy(
        String kind,
        String id,
        String version,
        String bundle,
        boolean preferred,
        List<String> capabilities,
        JsonNode parametersSchema,
        Optional<SmoStanding> standing) {

    public SmoStrategy {
        capabilities = List.copyOf(capabilities);
    }

    /** Reads it from an answer of the server. */
    public static SmoStrategy from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoStrategy(
                fields.text("kind"),
                fields.text("id"),
                fields.text("version"),
                fields.text("bundle"),
                fields.flag("preferred"),
                fields.texts("capabilities"),
                fields.document("parametersSchema"),
                fields.objectIfPresent("standing", SmoStanding::from));
    }
}
