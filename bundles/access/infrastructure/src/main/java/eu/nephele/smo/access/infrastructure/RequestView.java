// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.access.infrastructure.InfrastructureRequest.RequestedAction;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InfrastructureProvider.Infrastructure;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * An operation on infrastructure as a request. All data come from the operation itself, since its resource may have
 * been removed: the subject of a step is {@code provider} or {@code provider/id}, its detail the status reported by the
 * provider.
 */
record RequestView(Operation operation, Optional<Resource> resource) {

    private static final long FIRST_GENERATION = 1;

    InfrastructureRequest request() {
        return new InfrastructureRequest(
                operation.id(),
                provider(),
                action(),
                action() == RequestedAction.CREATE ? Optional.empty() : id(),
                operation.createdAt(),
                operation.finishedAt(),
                result(),
                failure());
    }

    /** Returns whether the operation itself states that it concerns the property of another provider. */
    static boolean isOfAnother(Operation operation, String provider) {
        return operation.steps().stream()
                .anyMatch(step -> !step.subject().split("/", 2)[0].equals(provider));
    }

    /** A resource may also be adopted or labelled. */
    boolean isRequest() {
        return operation.kind() == Kind.DELETE
                || step().isPresent()
                || !operation.state().isFinal();
    }

    private RequestedAction action() {
        if (operation.kind() == Kind.DELETE) {
            return RequestedAction.DELETE;
        }
        return step().map(step ->
                        step.action() == Operation.Action.INSTALL ? RequestedAction.CREATE : RequestedAction.SCALE)
                .orElseGet(() -> operation.generation() == FIRST_GENERATION
                                && desired("id").isEmpty()
                        ? RequestedAction.CREATE
                        : RequestedAction.SCALE);
    }

    /** The step of the request: the first one of a creation with nodes. */
    private Optional<Step> step() {
        boolean removal = operation.kind() == Kind.DELETE;
        return operation.steps().stream()
                .filter(step -> removal
                        ? step.action() == Operation.Action.REMOVE
                        : step.action() == Operation.Action.INSTALL || step.action() == Operation.Action.SCALE)
                .findFirst();
    }

    String provider() {
        String name = operation.target().name();
        return step().map(step -> step.subject().split("/", 2)[0])
                .or(() -> desired("provider"))
                .orElseGet(() -> name.substring(0, Math.max(0, name.lastIndexOf('.'))));
    }

    private Optional<String> id() {
        return step().map(step -> step.subject().split("/", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> parts[1])
                .or(() -> observed("id"))
                .or(() -> desired("id"));
    }

    private Optional<String> desired(String name) {
        return resource.map(Resource::desired).map(JsonFieldReader::new).flatMap(fields -> fields.optionalText(name));
    }

    private Optional<String> observed(String name) {
        return resource.map(there -> there.status().observed())
                .map(JsonFieldReader::new)
                .flatMap(fields -> fields.optionalText(name));
    }

    /** Status as reported at the end; everything else as observed last. */
    private Optional<Infrastructure> result() {
        boolean made = operation.state() == State.SUCCEEDED && operation.kind() != Kind.DELETE;
        return made
                ? step().flatMap(step -> id().map(id -> new Infrastructure(id, step.detail(), details())))
                : Optional.empty();
    }

    private JsonObject details() {
        return resource.map(there -> there.status().observed())
                .flatMap(observed -> new JsonFieldReader(observed).optionalObject("details"))
                .orElse(JsonObject.EMPTY);
    }

    private Optional<ErrorBody> failure() {
        return switch (operation.state()) {
            case PENDING, RUNNING -> Optional.empty();
            case SUCCEEDED -> notDeleted();
            case FAILED ->
                Optional.of(operation
                        .error()
                        .map(why -> new ErrorBody(why.kind(), why.source(), why.message(), retryAfter()))
                        .orElseGet(() -> overtaken()));
            case CANCELLED, SUPERSEDED -> Optional.of(overtaken());
        };
    }

    private ErrorBody overtaken() {
        return new ErrorBody(SmoException.Kind.CONFLICT, "smo", operation.message(), Optional.empty());
    }

    /** A resource also counts as removed when the provider had nothing to delete, or when it was forgotten. */
    private Optional<ErrorBody> notDeleted() {
        if (operation.kind() != Kind.DELETE) {
            return Optional.empty();
        }
        Optional<Step> missing = step().filter(step -> step.state() == StepState.FAILED);
        if (missing.isPresent()) {
            return Optional.of(new ErrorBody(
                    SmoException.Kind.NOT_FOUND, provider(), missing.get().message(), Optional.empty()));
        }
        return operation.message().isEmpty() ? Optional.empty() : Optional.of(overtaken());
    }

    /** It is part of the observed state as long as the desired state has not changed. */
    private Optional<Duration> retryAfter() {
        return resource.map(there -> there.status().observed())
                .flatMap(observed -> new JsonFieldReader(observed).optionalFields("asked"))
                .flatMap(asked -> asked.optionalFields(action().name().toLowerCase(Locale.ROOT)))
                .flatMap(effect -> effect.optionalFields("problem"))
                .filter(problem ->
                        problem.optionalText("message").equals(operation.error().map(Operation.Fault::message)))
                .flatMap(problem -> problem.optionalNumber("retryAfterSeconds"))
                .map(BigDecimal::longValue)
                .map(Duration::ofSeconds);
    }
}
