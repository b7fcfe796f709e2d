// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.Optional;

/** A strategy that decides along without effect. */
@ApiSchema("Shadow")
public record SmoShadow(
        String id,
        String kind,
        SmoSelection strategy,
        Optional<String> project,
        Optional<String> graph,
        String principal,
        Instant since) {

    /** Reads it from an answer of the server. */
    public static SmoShadow from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoShadow(
                fields.text("id"),
                fields.text("kind"),
                fields.object("strategy", SmoSelection::from),
                fields.textIfPresent("project"),
                fields.textIfPresent("graph"),
                fields.text("principal"),
                fields.time("since"));
    }
}
