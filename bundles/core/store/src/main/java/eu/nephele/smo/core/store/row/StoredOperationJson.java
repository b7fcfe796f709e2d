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
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class StoredOperationJson {

    private StoredOperationJson() {}

    static JsonObject details(Operation operation) {
        return new JsonFieldWriter()
                .put("generation", operation.generation())
                .put("wish", operation.wish())
                .put("origin", write(operation.origin()))
                .put("finishedAt", operation.finishedAt().map(Instant::toString))
                .put("steps", ofSteps(operation.steps()))
                .put("stages", ofStages(operation.stages()))
                .put("error", ofFault(operation.error()))
                .put("message", operation.message())
                .object();
    }

    static RequestOrigin origin(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return new RequestOrigin(
                fields.text("principal"),
                fields.text("correlationId"),
                fields.optionalText("traceParent").orElse(""),
                fields.optionalText("key").map(key -> new IdempotencyKey(key, fields.text("fingerprint"))));
    }

    static JsonObject write(RequestOrigin origin) {
        return new JsonFieldWriter()
                .put("principal", origin.principal())
                .put("correlationId", origin.correlationId())
                .put("traceParent", Optional.of(origin.traceParent()).filter(context -> !context.isEmpty()))
                .put("key", origin.idempotency().map(IdempotencyKey::key))
                .put("fingerprint", origin.idempotency().map(IdempotencyKey::fingerprint))
                .object();
    }

    private static JsonArray ofSteps(List<Step> steps) {
        return new JsonArray(steps.stream()
                .<JsonValue>map(step -> new JsonFieldWriter()
                        .put("action", step.action().name())
                        .put("subject", step.subject())
                        .put("detail", step.detail())
                        .put("state", step.state().name())
                        .put("message", step.message())
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
                .put("name", stage.name())
                .put("startedAt", stage.startedAt().toString());
        stage.duration().ifPresent(duration -> jsonFieldWriter.put("nanos", duration.toNanos()));
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

    static JsonObject ofFault(Optional<Fault> fault) {
        JsonFieldWriter jsonFieldWriter = new JsonFieldWriter();
        fault.ifPresent(what -> jsonFieldWriter
                .put("kind", what.kind().name())
                .put("source", what.source())
                .put("message", what.message()));
        return jsonFieldWriter.object();
    }

    static Optional<Fault> fault(JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return fields.optionalText("kind")
                .map(kind -> new Fault(SmoException.Kind.valueOf(kind), fields.text("source"), fields.text("message")));
    }
}
