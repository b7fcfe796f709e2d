// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.util.List;

/** A step of a plan. */
@ApiSchema("Plan/steps")
public record SmoPlannedStep(
        String action, String service, List<SmoShare> from, List<SmoShare> to, boolean makeBeforeBreak, String detail) {

    public SmoPlannedStep {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /** Reads it from an answer of the server. */
    public static SmoPlannedStep from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoPlannedStep(
                fields.text("action"),
                fields.text("service"),
                fields.list("from", SmoShare::from),
                fields.list("to", SmoShare::from),
                fields.flag("makeBeforeBreak"),
                fields.text("detail"));
    }
}
