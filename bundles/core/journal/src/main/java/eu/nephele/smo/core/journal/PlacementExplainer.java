// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.journal.AlternativeClusters.Alternative;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Explains why a service is where it is, from the record of the decision that put it there, and reports the limits of
 * that: alternatives move one service while all others stay, and only the strategy knows why it did not take a cluster.
 */
final class PlacementExplainer {

    private record RejectedCluster(Alternative alternative, String reason) {

        /** Renders the line of a cluster without a format string, since the federation may have many. */
        String line() {
            return "Not " + alternative.cluster().name() + ": " + reason + ".";
        }
    }

    private final ObjectivePricing pricing;
    private final ClusterSnapshotCache federations;

    PlacementExplainer(ObjectivePricing pricing, ClusterSnapshotCache federations) {
        this.pricing = pricing;
        this.federations = federations;
    }

    /**
     * @param record the shared part of its inputs needs no content
     * @param inForce whether the graph stands on the decision
     * @return empty when the record is no placement that has the service, or its inputs are not kept any more
     */
    Optional<JsonObject> explain(DecisionRecord record, String service, boolean inForce) {
        if (record.kind() != DecisionRecord.DecisionKind.PLACEMENT) {
            return Optional.empty();
        }
        return record.inputs().flatMap(inputs -> federations
                .request(inputs)
                .flatMap(request -> explain(record, inputs, request, service, inForce)));
    }

    private Optional<JsonObject> explain(
            DecisionRecord record, Snapshot inputs, PlacementRequest request, String service, boolean inForce) {
        int index =
                request.services().stream().map(PlacementService::id).toList().indexOf(service);
        if (index < 0) {
            return Optional.empty();
        }
        Optional<JsonObject> placed = record.details().get("placement").flatMap(JsonValue::asObject);
        if (placed.isEmpty()) {
            return Optional.of(new RefusalExplainer(record, inputs, request).explain(service));
        }
        if (placed.get().get(service).isEmpty()) {
            return Optional.empty();
        }
        Placement placement = PlacementJson.placement(placed.get());
        List<Priced> priced = pricing.price(request, weights(record.details()));
        return Optional.of(json(
                record,
                inputs,
                service,
                placement.clustersOf(service),
                new AlternativeClusters(request, placement, priced),
                index,
                priced,
                inForce));
    }

    private static JsonObject json(
            DecisionRecord record,
            Snapshot inputs,
            String service,
            List<ClusterId> chosen,
            AlternativeClusters all,
            int index,
            List<Priced> priced,
            boolean inForce) {
        List<Alternative> alternatives = all.list(index);
        RejectionReasons rejectionReasons = new RejectionReasons(record, service, priced);
        Alternative mine = alternatives.stream()
                .filter(alternative -> chosen.contains(alternative.cluster()))
                .findFirst()
                .orElseThrow();
        List<RejectedCluster> others = alternatives.stream()
                .filter(alternative -> !chosen.contains(alternative.cluster()))
                .map(other -> new RejectedCluster(other, rejectionReasons.reason(mine, other)))
                .toList();
        Map<String, Double> shared = all.openingShared(index, mine.cluster());
        List<String> together = all.with(index, mine.cluster());
        return new JsonFieldWriter()
                .put("service", service)
                .put("placed", true)
                .put("inForce", inForce)
                .put("cluster", mine.cluster().name())
                .put("decisionId", record.id())
                .put("reason", record.reason())
                .put("at", record.at().toString())
                .put("generation", record.generation())
                .put("strategy", record.strategy().id())
                .put("strategyVersion", record.strategy().version())
                .put("fallback", record.fallback())
                .put("durationMillis", record.duration().toNanos() / 1e6)
                .put("inputsDigest", inputs.digest())
                .put(
                        "normalised",
                        priced.stream().anyMatch(objective -> objective.range().isPresent()))
                .put("terms", terms(mine, priced))
                .put("shared", shared(shared, together, priced))
                .put("heldFixed", all.others(index))
                .put("note", DecisionNotes.render(record))
                .put(
                        "rejected",
                        JsonFieldWriter.array(others, other -> rejected(rejectionReasons, mine, other, priced)))
                .put(
                        "text",
                        JsonArray.ofStrings(text(
                                record,
                                inForce,
                                service,
                                mine,
                                costs(mine, priced),
                                sharedText(shared, together, mine, priced),
                                others.isEmpty() ? "" : all.others(index),
                                others.stream().map(RejectedCluster::line).toList())))
                .object();
    }

    private static JsonObject rejected(
            RejectionReasons rejectionReasons, Alternative mine, RejectedCluster rejected, List<Priced> priced) {
        Alternative other = rejected.alternative();
        JsonFieldWriter members = new JsonFieldWriter()
                .put("cluster", other.cluster().name())
                .put("possible", other.obstacle().isEmpty())
                .put(
                        "toldByStrategy",
                        rejectionReasons.describe(other.cluster()).isPresent())
                .put("reason", rejected.reason());
        if (other.obstacle().isEmpty()) {
            members.put("terms", terms(other, priced)).put("costDifference", other.total() - mine.total());
        }
        return members.object();
    }

    private static JsonArray shared(Map<String, Double> shared, List<String> together, List<Priced> priced) {
        List<Priced> counting = priced.stream()
                .filter(objective -> shared.containsKey(objective.objective()))
                .toList();
        return JsonFieldWriter.array(counting, objective -> new JsonFieldWriter()
                .put("objective", objective.objective())
                .put("unit", objective.unit())
                .put("value", shared.getOrDefault(objective.objective(), 0.0))
                .put("with", JsonArray.ofStrings(together))
                .object());
    }

    private static JsonArray terms(Alternative alternative, List<Priced> priced) {
        return JsonFieldWriter.array(priced, objective -> new JsonFieldWriter()
                .put("objective", objective.objective())
                .put("unit", objective.unit())
                .put("weight", objective.weight().weight())
                .put("value", alternative.cost().getOrDefault(objective.objective(), 0.0))
                .put("range", objective.range())
                .object());
    }

    private static List<String> text(
            DecisionRecord record,
            boolean inForce,
            String service,
            Alternative mine,
            String costs,
            String shared,
            String fixed,
            List<String> others) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s %s because strategy %s %s put it there (%s, %s)."
                .formatted(
                        service,
                        inForce ? "is placed on" : "is not placed now; last it was put on",
                        mine.cluster().name(),
                        record.strategy().id(),
                        record.strategy().version(),
                        record.reason(),
                        record.at()));
        lines.addAll(DecisionNotes.lines(record));
        if (!costs.isEmpty()) {
            lines.add("What counts there: %s.".formatted(costs));
        }
        if (!shared.isEmpty()) {
            lines.add(shared);
        }
        if (!fixed.isEmpty()) {
            lines.add("Elsewhere it is looked at alone, with the others held where they are: %s.".formatted(fixed));
        }
        lines.addAll(others);
        return lines;
    }

    private static String costs(Alternative mine, List<Priced> priced) {
        return priced.stream()
                .map(objective -> "%s (weight %s%s)"
                        .formatted(
                                amount(objective, mine.cost().getOrDefault(objective.objective(), 0.0)),
                                AmountFormatter.number(objective.weight().weight()),
                                ofRange(objective)))
                .collect(Collectors.joining(", "));
    }

    private static String ofRange(Priced objective) {
        OptionalDouble range = objective.range();
        return range.isPresent() ? " of a range of " + AmountFormatter.number(range.getAsDouble()) : "";
    }

    private static String sharedText(
            Map<String, Double> shared, List<String> together, Alternative mine, List<Priced> priced) {
        return shared.isEmpty()
                ? ""
                : "Using %s at all costs %s; that is shared with %s and in no single service's figures."
                        .formatted(
                                mine.cluster().name(),
                                priced.stream()
                                        .filter(objective -> shared.containsKey(objective.objective()))
                                        .map(objective ->
                                                amount(objective, shared.getOrDefault(objective.objective(), 0.0)))
                                        .collect(Collectors.joining(", ")),
                                String.join(", ", together));
    }

    private static String amount(Priced objective, double value) {
        return "%s %s%s"
                .formatted(
                        objective.objective(),
                        AmountFormatter.number(value),
                        objective.unit().isEmpty() ? "" : " " + objective.unit());
    }

    private static Map<String, ObjectiveWeight> weights(JsonObject details) {
        Map<String, ObjectiveWeight> weights = new LinkedHashMap<>();
        new JsonFieldReader(details)
                .objects("terms")
                .forEach(term -> weights.put(
                        new JsonFieldReader(term).text("objective"),
                        RecordedPlacement.weight(new JsonFieldReader(term))));
        return weights;
    }
}
