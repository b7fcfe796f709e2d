// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.Alternatives.Alternative;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a service is where it is, from the record of the decision that put it there. */
final class Explainer {

    private static final double SAME = 1e-9;

    private final ObjectivePricing pricing;

    Explainer(ObjectivePricing pricing) {
        this.pricing = pricing;
    }

    /** Empty when the record is no placement that has the service. */
    Optional<JsonObject> explain(DecisionRecord record, String service) {
        Optional<JsonObject> placed = record.details().get("placement").flatMap(JsonValue::asObject);
        Optional<Snapshot> inputs = record.inputs();
        if (placed.isEmpty() || inputs.isEmpty() || placed.get().get(service).isEmpty()) {
            return Optional.empty();
        }
        PlacementRequest request = Snapshots.request(inputs.get().content());
        int index =
                request.services().stream().map(PlacementService::id).toList().indexOf(service);
        List<Priced> priced = pricing.price(request, weights(record.details()));
        List<Alternative> alternatives =
                new Alternatives(request, Placements.placement(placed.get()), priced).of(index);
        return Optional.of(json(
                record,
                inputs.get(),
                service,
                Placements.placement(placed.get()).clustersOf(service),
                alternatives,
                priced));
    }

    private static JsonObject json(
            DecisionRecord record,
            Snapshot inputs,
            String service,
            List<ClusterId> chosen,
            List<Alternative> alternatives,
            List<Priced> priced) {
        Alternative mine = alternatives.stream()
                .filter(alternative -> chosen.contains(alternative.cluster()))
                .findFirst()
                .orElseThrow();
        List<Alternative> others = alternatives.stream()
                .filter(alternative -> !chosen.contains(alternative.cluster()))
                .toList();
        return new Members()
                .put("service", service)
                .put("cluster", mine.cluster().name())
                .put("decisionId", record.id())
                .put("reason", record.reason())
                .put("at", record.at().toString())
                .put("generation", record.generation())
                .put("strategy", record.strategyId())
                .put("strategyVersion", record.strategyVersion())
                .put("fallback", record.fallback())
                .put("durationMillis", record.duration().toNanos() / 1e6)
                .put("inputsDigest", inputs.digest())
                .put("terms", terms(mine, priced))
                .put("rejected", Members.array(others, other -> rejected(record, mine, other, priced)))
                .put("text", JsonArray.ofStrings(text(record, service, mine, others, priced)))
                .done();
    }

    private static JsonObject rejected(
            DecisionRecord record, Alternative mine, Alternative other, List<Priced> priced) {
        Members members = new Members()
                .put("cluster", other.cluster().name())
                .put("possible", other.obstacle().isEmpty())
                .put("reason", against(record, mine, other, priced));
        if (other.obstacle().isEmpty()) {
            members.put("terms", terms(other, priced)).put("costDifference", other.total() - mine.total());
        }
        return members.done();
    }

    private static JsonArray terms(Alternative alternative, List<Priced> priced) {
        return Members.array(priced, objective -> new Members()
                .put("objective", objective.objective())
                .put("unit", objective.unit())
                .put("weight", objective.weight().weight())
                .put("value", alternative.cost().getOrDefault(objective.objective(), 0.0))
                .done());
    }

    private static List<String> text(
            DecisionRecord record, String service, Alternative mine, List<Alternative> others, List<Priced> priced) {
        List<String> lines = new ArrayList<>();
        lines.add("%s runs on %s because strategy %s %s put it there (%s, %s)."
                .formatted(
                        service,
                        mine.cluster().name(),
                        record.strategyId(),
                        record.strategyVersion(),
                        record.reason(),
                        record.at()));
        if (record.fallback()) {
            lines.add("It decided as a fallback: the wished strategy did not answer.");
        }
        String costs = priced.stream()
                .map(objective -> "%s %s%s (weight %s)"
                        .formatted(
                                objective.objective(),
                                Amounts.number(mine.cost().getOrDefault(objective.objective(), 0.0)),
                                objective.unit().isEmpty() ? "" : " " + objective.unit(),
                                Amounts.number(objective.weight().weight())))
                .collect(Collectors.joining(", "));
        if (!costs.isEmpty()) {
            lines.add("What counts there: %s.".formatted(costs));
        }
        others.forEach(other ->
                lines.add("Not %s: %s.".formatted(other.cluster().name(), against(record, mine, other, priced))));
        return lines;
    }

    private static String against(DecisionRecord record, Alternative mine, Alternative other, List<Priced> priced) {
        if (!other.obstacle().isEmpty()) {
            return other.obstacle();
        }
        double difference = other.total() - mine.total();
        if (Math.abs(difference) < SAME) {
            return "it would do as well; %s takes the first of equals by its own order".formatted(record.strategyId());
        }
        String by = priced.stream()
                .map(objective -> difference(objective, mine, other))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return difference > 0
                ? "it costs %s more (%s)".formatted(Amounts.number(difference), by)
                : "alone it would cost %s less (%s), but %s weighs the whole graph or takes what it finds first"
                        .formatted(Amounts.number(-difference), by, record.strategyId());
    }

    private static String difference(Priced objective, Alternative mine, Alternative other) {
        double difference = other.cost().getOrDefault(objective.objective(), 0.0)
                - mine.cost().getOrDefault(objective.objective(), 0.0);
        if (Math.abs(difference) < SAME) {
            return "";
        }
        return "%s %s%s%s"
                .formatted(
                        objective.objective(),
                        difference > 0 ? "+" : "",
                        Amounts.number(difference),
                        objective.unit().isEmpty() ? "" : " " + objective.unit());
    }

    private static Map<String, ObjectiveWeight> weights(JsonObject details) {
        Map<String, ObjectiveWeight> weights = new LinkedHashMap<>();
        Members.objects(details, "terms")
                .forEach(term -> weights.put(
                        Members.text(term, "objective"),
                        new ObjectiveWeight(
                                Members.number(term, "weight").doubleValue(),
                                Members.number(term, "level").intValueExact())));
        return weights;
    }
}
