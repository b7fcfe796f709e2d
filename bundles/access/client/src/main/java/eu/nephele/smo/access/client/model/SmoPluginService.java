// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.Optional;

/** What a plugin offers. */
@ApiSchema("PluginSummary/services")
public record SmoPluginService(String kind, String name, String version, Optional<SmoStanding> standing) {

    /** Reads it from an answer of the server. */
    public static SmoPluginService from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPluginService(
                fields.text("kind"),
                fields.text("name"),
                fields.text("version"),
                fields.objectIfPresent("standing", SmoStanding::from));
    }
}
