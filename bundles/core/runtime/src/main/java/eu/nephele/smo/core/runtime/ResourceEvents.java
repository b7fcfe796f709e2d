// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.core.contract.event.EventDraft;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what happens to resources: the type begins with their kind. */
final class ResourceEvents {

    private final Clock clock;

    ResourceEvents(Clock clock) {
        this.clock = clock;
    }

    EventDraft of(String what, Resource resource, Optional<Operation> cause) {
        return of(what, resource, cause, "");
    }

    /** A removal has failed. */
    EventDraft kept(Resource resource, Optional<Operation> cause, String why) {
        return of("kept", resource, cause, why);
    }

    /** Only what is the end of something is told: whoever wants to know each step looks at the operation. */
    List<EventDraft> seen(Resource resource, ResourceStatus now, Optional<Operation> cause) {
        Phase from = resource.status().phase();
        boolean again = resource.status().observedGeneration() == now.observedGeneration();
        if (from == now.phase() && again) {
            return List.of();
        }
        return switch (now.phase()) {
            case READY -> List.of(of("ready", resource, cause, ""));
            case FAILED -> List.of(of("failed", resource, cause, message(now)));
            case PENDING, PROGRESSING, LEAVING -> List.of();
        };
    }

    private EventDraft of(String what, Resource resource, Optional<Operation> cause, String message) {
        Map<String, JsonValue> data = new LinkedHashMap<>();
        data.put("uid", new JsonString(resource.uid()));
        if (!message.isEmpty()) {
            data.put("message", new JsonString(message));
        }
        return new EventDraft(
                resource.ref().kind() + "." + what,
                clock.instant(),
                Optional.of(resource.ref()),
                Optional.empty(),
                resource.generation(),
                cause.map(Operation::id),
                cause.map(operation -> operation.origin().correlationId()).orElse(""),
                new JsonObject(data));
    }

    private static String message(ResourceStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(Condition.READY))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }
}
