// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** The services of a plan by what it does with them. */
@ApiSchema("Plan/services")
public record SmoPlannedServices(
        List<String> added, List<String> removed, List<String> moved, List<String> changed, List<String> unchanged) {

    public SmoPlannedServices {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        moved = List.copyOf(moved);
        changed = List.copyOf(changed);
        unchanged = List.copyOf(unchanged);
    }

    /** Reads it from an answer of the server. */
    public static SmoPlannedServices from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPlannedServices(
                fields.texts("added"),
                fields.texts("removed"),
                fields.texts("moved"),
                fields.texts("changed"),
                fields.texts("unchanged"));
    }
}
