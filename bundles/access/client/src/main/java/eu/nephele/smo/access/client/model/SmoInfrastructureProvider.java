// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** A provider of clusters and hosts on demand. */
@ApiSchema("InfrastructureProvider")
public record SmoInfrastructureProvider(String provider, List<SmoInfrastructure> items) {

    public SmoInfrastructureProvider {
        items = List.copyOf(items);
    }

    /** Reads it from an answer of the server. */
    public static SmoInfrastructureProvider from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoInfrastructureProvider(fields.text("provider"), fields.list("items", SmoInfrastructure::from));
    }
}
