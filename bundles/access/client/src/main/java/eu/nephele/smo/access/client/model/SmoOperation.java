// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.json.JsonFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A change that the server carries out; the steps are missing in lists. */
@ApiSchema("Operation")
public record SmoOperation(
        String id,
        String kind,
        String state,
        SmoTarget target,
        long generation,
        int progressPercent,
        String message,
        Optional<SmoOperationError> error,
        String principal,
        Instant createdAt,
        Optional<Instant> finishedAt,
        List<SmoOperationStep> steps) {

    public SmoOperation {
        steps = List.copyOf(steps);
    }

    /** Reads it from an answer of the server. */
    public static SmoOperation from(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        return new SmoOperation(
                fields.text("id"),
                fields.text("kind"),
                fields.text("state"),
                fields.object("target", SmoTarget::from),
                fields.number("generation"),
                fields.count("progressPercent"),
                fields.text("message"),
                fields.objectIfPresent("error", SmoOperationError::from),
                fields.text("principal"),
                fields.time("createdAt"),
                fields.timeIfPresent("finishedAt"),
                fields.list("steps", SmoOperationStep::from));
    }

    /** Whether it goes on. */
    public boolean isOpen() {
        return state.equals("PENDING") || state.equals("RUNNING");
    }

    public boolean hasSucceeded() {
        return state.equals("SUCCEEDED");
    }
}
