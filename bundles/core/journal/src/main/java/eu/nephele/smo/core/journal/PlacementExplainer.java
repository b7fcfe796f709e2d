// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Explains why a service is where it is, from the record of the decision that put it there, and reports the limits of
 * that: alternatives move one service while all others stay, or place the others anew as far as the time for it goes, and only the strategy
 * knows why it did not take a cluster.
 */
final class PlacementExplainer {

    private final ObjectivePricing pricing;
    private final ClusterSnapshotCache federations;
    private final PlacementTrialRunner trials;

    PlacementExplainer(ObjectivePricing pricing, ClusterSnapshotCache federations, PlacementTrialRunner trials) {
        this.pricing = pricing;
        this.federations = federations;
        this.trials = trials;
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
        DecidedPlacement decided = new DecidedPlacement(
                record, request, placement, pricing.price(request, weights(record.details())), index);
        return Optional.of(new PlacedExplanation(decided, inputs, inForce, trials).json());
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
