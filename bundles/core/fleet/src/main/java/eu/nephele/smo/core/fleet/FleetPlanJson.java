// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static eu.nephele.smo.core.contract.json.JsonFieldWriter.array;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.fleet.FleetPlan.FleetValue;
import eu.nephele.smo.core.fleet.FleetPlan.NotMade;
import eu.nephele.smo.core.fleet.FleetPlan.ObjectiveValue;
import eu.nephele.smo.core.fleet.FleetPlan.PlannedStep;
import eu.nephele.smo.core.fleet.FleetPlan.ServiceMove;
import eu.nephele.smo.core.fleet.KeptPlan.PlanProgress;
import eu.nephele.smo.core.fleet.KeptPlan.StepProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plans of the fleet as JSON. */
final class FleetPlanJson {

    private FleetPlanJson() {}

    static JsonObject json(KeptPlan kept) {
        FleetPlan plan = kept.plan();
        PlanProgress progress = kept.progress();
        FleetValue value = plan.value();
        List<JsonObject> steps = new ArrayList<>();
        for (int i = 0; i < plan.steps().size(); i++) {
            steps.add(json(plan.steps().get(i), progress.steps().get(i), i + 1));
        }
        return new JsonFieldWriter()
                .put("id", plan.id())
                .put("state", word(progress.state()))
                .put("message", progress.message())
                .put("origin", word(kept.origin()))
                .put("hypothetical", plan.hypothetical())
                .put("createdAt", plan.createdAt().toString())
                .put("expiresAt", plan.expiresAt().toString())
                .put(
                        "strategy",
                        new JsonFieldWriter()
                                .put("id", plan.strategy().id())
                                .put("version", plan.strategy().version())
                                .object())
                .put("graphs", value.graphs())
                .put("services", value.services())
                .put("maxMoves", plan.maxMoves())
                .put("moves", plan.moves())
                .put("costBefore", value.before())
                .put("costAfter", value.after())
                .put("objectives", array(value.objectives(), FleetPlanJson::json))
                .put("steps", new JsonArray(List.copyOf(steps)))
                .put("notMade", array(plan.notMade(), FleetPlanJson::json))
                .put("staying", array(plan.staying().entrySet(), entry -> graph(entry.getKey())
                        .put("reason", entry.getValue())
                        .object()))
                .texts("faults", plan.faults())
                .object();
    }

    /** A plan in short: what a list shows. */
    static JsonObject summary(KeptPlan kept) {
        FleetPlan plan = kept.plan();
        return new JsonFieldWriter()
                .put("id", plan.id())
                .put("state", word(kept.progress().state()))
                .put("origin", word(kept.origin()))
                .put("hypothetical", plan.hypothetical())
                .put("createdAt", plan.createdAt().toString())
                .put("expiresAt", plan.expiresAt().toString())
                .put("moves", plan.moves())
                .put("costBefore", plan.value().before())
                .put("costAfter", plan.value().after())
                .object();
    }

    private static JsonObject json(ObjectiveValue value) {
        return new JsonFieldWriter()
                .put("objective", value.name())
                .put("unit", value.unit())
                .put("weight", value.weight())
                .put("before", value.before())
                .put("after", value.after())
                .object();
    }

    private static JsonObject json(PlannedStep step, StepProgress progress, int number) {
        JsonFieldWriter terms = new JsonFieldWriter();
        step.terms().forEach(terms::put);
        return new JsonFieldWriter()
                .put("step", number)
                .put("project", step.graph().project())
                .put("graph", step.graph().name())
                .put("moves", array(step.moves(), FleetPlanJson::json))
                .put("gain", step.gain())
                .put("terms", terms.object())
                .put("state", word(progress.state()))
                .put("operation", progress.operation())
                .put("message", progress.message())
                .object();
    }

    private static JsonObject json(ServiceMove move) {
        JsonFieldWriter fields = new JsonFieldWriter().put("service", move.service());
        move.from().ifPresent(cluster -> fields.put("from", json(cluster)));
        return fields.put("to", json(move.to())).object();
    }

    private static JsonObject json(NotMade notMade) {
        return graph(notMade.graph())
                .put("priority", notMade.priority())
                .put("moves", array(notMade.moves(), FleetPlanJson::json))
                .put("reason", notMade.reason())
                .object();
    }

    private static JsonFieldWriter graph(GraphId graph) {
        return new JsonFieldWriter().put("project", graph.project()).put("graph", graph.name());
    }

    private static JsonObject json(ClusterId cluster) {
        return new JsonFieldWriter().cluster(cluster).object();
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
