// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.List;

/** The answer to a sweep of weights. */
final class SensitivityJson {

    private SensitivityJson() {}

    static JsonObject json(
            DecisionRecord decision,
            StrategyRef strategy,
            WeightedProblem problem,
            WeightSweep sweep,
            List<SweepPoint> points) {
        Priced open = problem.open();
        boolean complete = points.size() == sweep.weights().steps();
        return new JsonFieldWriter()
                .put("decision", decision.id())
                .put("at", decision.at().toString())
                .put(
                        "strategy",
                        new JsonFieldWriter()
                                .put("id", strategy.id())
                                .put("version", strategy.version())
                                .object())
                .put("objective", open.objective())
                .put("weight", open.weight().weight())
                .put("normalised", open.weight().normalised())
                .put("complete", complete)
                .put(
                        "message",
                        complete
                                ? ""
                                : "The time was over after %d of %d weights; ask for fewer"
                                        .formatted(
                                                points.size(), sweep.weights().steps()))
                .put("objectives", JsonFieldWriter.array(problem.priced(), objective -> objective(problem, objective)))
                .put("points", JsonFieldWriter.array(points, SensitivityJson::point))
                .put("breaks", JsonFieldWriter.array(BreakPoint.all(problem, points), SensitivityJson::breakPoint))
                .object();
    }

    /** Its weight as it was in the decision. */
    private static JsonObject objective(WeightedProblem problem, Priced objective) {
        boolean weighed = problem.weights().containsKey(objective.objective());
        return new JsonFieldWriter()
                .put("objective", objective.objective())
                .put("unit", objective.unit())
                .put("weight", weighed ? objective.weight().weight() : 0)
                .put("level", objective.weight().level())
                .put("range", objective.range())
                .object();
    }

    private static JsonObject point(SweepPoint point) {
        JsonFieldWriter terms = new JsonFieldWriter();
        point.terms().forEach(terms::put);
        JsonFieldWriter members = new JsonFieldWriter()
                .put("weight", point.weight())
                .put("placed", point.placement().isPresent())
                .put("message", point.message())
                .put("costs", JsonFieldWriter.array(List.copyOf(point.costs().entrySet()), cost -> new JsonFieldWriter()
                        .put("level", cost.getKey())
                        .put("cost", cost.getValue())
                        .object()))
                .put("terms", terms.object())
                .put("moved", JsonArray.ofStrings(point.moved()));
        point.placement().ifPresent(placement -> members.put("placement", PlacementJson.json(placement))
                .put("text", PlacementJson.text(placement)));
        return members.object();
    }

    private static JsonObject breakPoint(BreakPoint breakPoint) {
        return new JsonFieldWriter()
                .put("after", breakPoint.after())
                .put("before", breakPoint.before())
                .put("equalAt", breakPoint.equalAt())
                .put("moved", JsonArray.ofStrings(breakPoint.moved()))
                .object();
    }
}
