// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A version of a plugin. */
@ApiSchema("PluginSummary")
public record SmoPlugin(
        String id,
        String version,
        String file,
        String sha256,
        String state,
        String why,
        boolean replaces,
        Optional<String> signer,
        List<SmoPluginService> services,
        Instant installedAt,
        Instant changedAt) {

    public SmoPlugin {
        services = List.copyOf(services);
    }

    /** Reads it from an answer of the server. */
    public static SmoPlugin from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPlugin(
                fields.text("id"),
                fields.text("version"),
                fields.text("file"),
                fields.text("sha256"),
                fields.text("state"),
                fields.text("why"),
                fields.flag("replaces"),
                fields.textIfPresent("signer"),
                fields.list("services", SmoPluginService::from),
                fields.time("installedAt"),
                fields.time("changedAt"));
    }
}
