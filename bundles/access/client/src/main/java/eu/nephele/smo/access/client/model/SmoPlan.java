// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The dry run of a change. */
@ApiSchema("Plan")
public record SmoPlan(
        String id,
        String project,
        String graph,
        String kind,
        Instant createdAt,
        Instant expiresAt,
        boolean feasible,
        SmoPlannedServices services,
        List<SmoPlannedStep> steps,
        Map<String, List<SmoShare>> placement,
        List<String> conflicts,
        List<String> warnings) {

    public SmoPlan {
        steps = List.copyOf(steps);
        placement = Map.copyOf(placement);
        conflicts = List.copyOf(conflicts);
        warnings = List.copyOf(warnings);
    }

    /** Reads it from an answer of the server. */
    public static SmoPlan from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPlan(
                fields.text("id"),
                fields.text("project"),
                fields.text("graph"),
                fields.text("kind"),
                fields.time("createdAt"),
                fields.time("expiresAt"),
                fields.flag("feasible"),
                fields.object("services", SmoPlannedServices::from),
                fields.list("steps", SmoPlannedStep::from),
                fields.map("placement", items -> JsonFields.items(items, SmoShare::from)),
                fields.texts("conflicts"),
                fields.texts("warnings"));
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return steps.isEmpty()
                && services.added().isEmpty()
                && services.removed().isEmpty()
                && services.moved().isEmpty()
                && services.changed().isEmpty();
    }
}
