// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store.row;

import eu.nephele.smo.api.graph.Plan;
import eu.nephele.smo.api.graph.PlanStep;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

final class StoredPlanJson {

    private StoredPlanJson() {}

    static JsonObject write(Plan plan) {
        return new JsonFieldWriter()
                .put("project", plan.graph().project())
                .put("name", plan.graph().name())
                .put("kind", plan.kind().name())
                .put("feasible", plan.feasible())
                .put("services", write(plan.services()))
                .put("steps", ofSteps(plan.steps()))
                .put("placement", DecidedJson.write(plan.placement()))
                .put("takeovers", TakeoverJson.write(plan.takeovers()))
                .put("decision", plan.decision())
                .texts("conflicts", plan.conflicts())
                .texts("warnings", plan.warnings())
                .object();
    }

    static Plan plan(String id, Plan.Validity validity, JsonValue value) {
        JsonFieldReader fields = JsonFieldReader.from(value);
        return new Plan(
                id,
                new GraphId(fields.text("project"), fields.text("name")),
                Operation.Kind.valueOf(fields.text("kind")),
                validity,
                fields.flag("feasible"),
                services(JsonFieldReader.from(fields.value("services"))),
                steps(fields.value("steps")),
                DecidedJson.placement(fields.value("placement")),
                // plans of before the update have none
                fields.optional("takeovers").map(TakeoverJson::takeovers).orElse(Map.of()),
                JsonFieldReader.from(fields.value("decision")).object(),
                JsonFieldReader.texts(fields.value("conflicts")),
                JsonFieldReader.texts(fields.value("warnings")));
    }

    private static JsonObject write(Plan.Services services) {
        return new JsonFieldWriter()
                .texts("added", new TreeSet<>(services.added()))
                .texts("removed", new TreeSet<>(services.removed()))
                .texts("moved", new TreeSet<>(services.moved()))
                .texts("changed", new TreeSet<>(services.changed()))
                .texts("unchanged", new TreeSet<>(services.unchanged()))
                .object();
    }

    private static Plan.Services services(JsonFieldReader fields) {
        return new Plan.Services(
                ids(fields, "added"),
                ids(fields, "removed"),
                ids(fields, "moved"),
                ids(fields, "changed"),
                ids(fields, "unchanged"));
    }

    private static Set<String> ids(JsonFieldReader fields, String name) {
        return Set.copyOf(JsonFieldReader.texts(fields.value(name)));
    }

    private static JsonArray ofSteps(List<PlanStep> steps) {
        return new JsonArray(steps.stream()
                .<JsonValue>map(step -> new JsonFieldWriter()
                        .put("action", step.action().name())
                        .put("service", step.service())
                        .put("from", DecidedJson.ofShares(step.from()))
                        .put("to", DecidedJson.ofShares(step.to()))
                        .put("makeBeforeBreak", step.makeBeforeBreak())
                        .put("detail", step.detail())
                        .object())
                .toList());
    }

    private static List<PlanStep> steps(JsonValue value) {
        return JsonFieldReader.list(value).stream()
                .map(fields -> new PlanStep(
                        Operation.Action.valueOf(fields.text("action")),
                        fields.text("service"),
                        DecidedJson.shares(fields.value("from")),
                        DecidedJson.shares(fields.value("to")),
                        fields.flag("makeBeforeBreak"),
                        fields.text("detail")))
                .toList();
    }
}
