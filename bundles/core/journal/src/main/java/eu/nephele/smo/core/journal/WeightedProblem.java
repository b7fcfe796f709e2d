// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recorded problem whose objectives have been asked once, with the weight of one of them open.
 *
 * @param weights of the decision; the open one as it was, 0 where it had none
 * @param priced every installed objective, also those without a weight
 */
record WeightedProblem(
        PlacementRequest request, Map<String, ObjectiveWeight> weights, Priced open, List<Priced> priced) {

    WeightedProblem {
        weights = Map.copyOf(weights);
        priced = List.copyOf(priced);
    }

    /** @throws SmoException {@code INVALID} when the objective is not installed, or fails */
    static WeightedProblem create(
            PlacementRequest request,
            RecordedPlacement recorded,
            String objective,
            Collection<String> installed,
            ObjectivePricing pricing) {
        Map<String, ObjectiveWeight> weights = new TreeMap<>(recorded.weights());
        boolean normalised = ObjectiveWeight.anyNormalised(weights);
        ObjectiveWeight none = new ObjectiveWeight(0, 0, normalised);
        weights.putIfAbsent(objective, none);
        Map<String, ObjectiveWeight> all = new TreeMap<>(weights);
        installed.forEach(name -> all.putIfAbsent(name, none));
        List<Priced> priced = pricing.price(request, all);
        return priced.stream()
                .filter(each -> each.objective().equals(objective))
                .findFirst()
                .map(open -> new WeightedProblem(request, weights, open, priced))
                .orElseThrow(() -> SmoException.invalid(
                        "The query is not valid",
                        List.of(new Violation(
                                "",
                                "objective is '%s', which cannot price this decision; installed are %s"
                                        .formatted(objective, String.join(", ", installed))))));
    }

    /** The weights of the decision, and this one for the open objective. */
    Map<String, ObjectiveWeight> weights(double weight) {
        Map<String, ObjectiveWeight> all = new TreeMap<>(weights);
        all.put(
                open.objective(),
                new ObjectiveWeight(weight, open.weight().level(), open.weight().normalised()));
        return all;
    }

    /** What every objective says of a placement, in its own unit, by its name. */
    SortedMap<String, Double> terms(Placement placement) {
        PlacementCost cost = new PlacementCost(request, placement);
        SortedMap<String, Double> terms = new TreeMap<>();
        priced.forEach(objective -> terms.put(objective.objective(), cost.compute(objective)));
        return terms;
    }

    /** What terms cost with this weight of the open objective: one sum for each level that has a weight, by level. */
    SortedMap<Integer, Double> costs(Map<String, Double> terms, double weight) {
        SortedMap<Integer, Double> costs = new TreeMap<>();
        for (Priced objective : priced) {
            if (weights.containsKey(objective.objective())) {
                boolean varied = objective.objective().equals(open.objective());
                double factor = varied ? weight * perWeight() : objective.factor();
                costs.merge(
                        objective.weight().level(),
                        factor * terms.getOrDefault(objective.objective(), 0.0),
                        Double::sum);
            }
        }
        return costs;
    }

    /** What one unit of the open objective's cost counts with the weight 1. */
    double perWeight() {
        double range = open.range().orElse(1);
        return range > 0 ? 1 / range : 0;
    }
}
