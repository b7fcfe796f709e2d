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
import eu.nephele.smo.core.contract.trace.OperationTrace;
import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates events of resources: the type begins with their kind. */
final class ResourceEventFactory {

    private final Clock clock;

    ResourceEventFactory(Clock clock) {
        this.clock = clock;
    }

    EventDraft create(String what, Resource resource, Optional<Operation> cause) {
        return create(what, resource, cause, "");
    }

    EventDraft kept(Resource resource, Optional<Operation> cause, String why) {
        return create("kept", resource, cause, why);
    }

    /**
     * Only final results are published: single steps are visible in the operation. Besides, once each, the loss of the
     * desired state and its return, as long as that state is unchanged.
     */
    List<EventDraft> seen(Resource resource, ResourceStatus now, Optional<Operation> cause) {
        List<EventDraft> told = new ArrayList<>(ended(resource, now, cause));
        ResourceStatus before = resource.status();
        boolean asAsked = !resource.leaving()
                && before.observedGeneration() == resource.generation()
                && now.observedGeneration() == resource.generation();
        if (asAsked && isWell(before) && !isWell(now) && now.phase() != Phase.FAILED) {
            told.add(degraded(resource, now, cause));
        } else if (asAsked && cause.isEmpty() && !isWell(before) && isWell(now)) {
            told.add(create("recovered", resource, cause, ""));
        }
        return told;
    }

    private List<EventDraft> ended(Resource resource, ResourceStatus now, Optional<Operation> cause) {
        Phase from = resource.status().phase();
        boolean again = resource.status().observedGeneration() == now.observedGeneration();
        if (from == now.phase() && again) {
            return List.of();
        }
        return switch (now.phase()) {
            case READY -> List.of(create("ready", resource, cause, ""));
            case FAILED -> List.of(create("failed", resource, cause, message(now)));
            case PENDING, PROGRESSING, LEAVING -> List.of();
        };
    }

    private static boolean isWell(ResourceStatus status) {
        return status.phase() == Phase.READY && unanswered(status).isEmpty();
    }

    /** Its controller does not answer; a takeover, or an exchange of its bundle, is over soon. */
    private static Optional<Condition> unanswered(ResourceStatus status) {
        return condition(status, ResourceStatusFactory.RECONCILED)
                .filter(condition -> condition.status() == Condition.Status.FALSE)
                .filter(condition -> !ControllerFault.PASSING.contains(condition.reason()));
    }

    private EventDraft degraded(Resource resource, ResourceStatus now, Optional<Operation> cause) {
        Optional<Condition> why = unanswered(now).or(() -> condition(now, Condition.READY));
        Map<String, JsonValue> more = new LinkedHashMap<>();
        why.ifPresent(condition -> more.put("reason", new JsonString(condition.reason())));
        return create("degraded", resource, cause, why.map(Condition::message).orElse(""), more);
    }

    private EventDraft create(String what, Resource resource, Optional<Operation> cause, String message) {
        return create(what, resource, cause, message, Map.of());
    }

    private EventDraft create(
            String what, Resource resource, Optional<Operation> cause, String message, Map<String, JsonValue> more) {
        Map<String, JsonValue> data = new LinkedHashMap<>();
        data.put("uid", new JsonString(resource.uid()));
        data.putAll(more);
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
                cause.flatMap(OperationTrace::context)
                        .map(TraceContext::traceParent)
                        .orElse(""),
                new JsonObject(data));
    }

    private static String message(ResourceStatus status) {
        return condition(status, Condition.READY).map(Condition::message).orElse("");
    }

    private static Optional<Condition> condition(ResourceStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
