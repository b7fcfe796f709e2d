// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.StepState;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Parts of operations as JSON. */
final class StoredOperationJson {

    private StoredOperationJson() {}

    /** Returns the parts without a column. */
    static JsonObject details(Operation operation) {
        return new JsonFieldWriter()
                .number("generation", operation.generation())
                .number("wish", operation.wish())
                .value("origin", write(operation.origin()))
                .text("finishedAt", operation.finishedAt().map(Instant::toString))
                .value("steps", ofSteps(operation.steps()))
                .value("stages", ofStages(operation.stages()))
                .value("error", ofFault(operation.error()))
                .text("message", operation.message())
                .object();
    }

    static RequestOrigin origin(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return new RequestOrigin(
                fields.text("principal"),
                fields.text("correlationId"),
                fields.optionalText("key").map(key -> new IdempotencyKey(key, fields.text("fingerprint"))));
    }

    static JsonObject write(RequestOrigin origin) {
        return new JsonFieldWriter()
                .text("principal", origin.principal())
                .text("correlationId", origin.correlationId())
                .text("key", origin.idempotency().map(IdempotencyKey::key))
                .text("fingerprint", origin.idempotency().map(IdempotencyKey::fingerprint))
                .object();
    }

    private static JsonArray ofSteps(List<Step> steps) {
        return new JsonArray(steps.stream()
                .<JsonValue>map(step -> new JsonFieldWriter()
                        .text("action", step.action().name())
                        .text("subject", step.subject())
                        .text("detail", step.detail())
                        .text("state", step.state().name())
                        .text("message", step.message())
                        .object())
                .toList());
    }

    static List<Step> steps(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(fields -> new Step(
                        Operation.Action.valueOf(fields.text("action")),
                        fields.text("subject"),
                        fields.text("detail"),
                        StepState.valueOf(fields.text("state")),
                        fields.text("message")))
                .toList();
    }

    private static JsonArray ofStages(List<Stage> stages) {
        return new JsonArray(
                stages.stream().<JsonValue>map(StoredOperationJson::write).toList());
    }

    private static JsonObject write(Stage stage) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter()
                .text("name", stage.name())
                .text("startedAt", stage.startedAt().toString());
        stage.duration().ifPresent(duration -> jsonFieldWriter.number("nanos", duration.toNanos()));
        return jsonFieldWriter.object();
    }

    static List<Stage> stages(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(fields -> new Stage(
                        fields.text("name"),
                        fields.instant("startedAt"),
                        fields.optionalNumber("nanos")
                                .map(BigDecimal::longValueExact)
                                .map(Duration::ofNanos)))
                .toList();
    }

    /** An empty object for none. */
    static JsonObject ofFault(Optional<Fault> fault) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        fault.ifPresent(what -> jsonFieldWriter
                .text("kind", what.kind().name())
                .text("source", what.source())
                .text("message", what.message()));
        return jsonFieldWriter.object();
    }

    static Optional<Fault> fault(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return fields.optionalText("kind")
                .map(kind -> new Fault(SmoException.Kind.valueOf(kind), fields.text("source"), fields.text("message")));
    }
}
