// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters of the deciding strategy, read from the effective values of the decision.
 *
 * @param parameters its parameters, with defaults
 * @param weights objective weights by name
 */
public record DecisionParameters(JsonObject parameters, Map<String, ObjectiveWeight> weights) {

    /** Prefix of effective values that are parameters of the selected strategy. */
    public static final String PARAMETERS = "parameters.";
    /** Begins the names of effective values that are parameters of the one that decided in its stead. */
    public static final String STAND_IN_PARAMETERS = "standIn.parameters.";
    /** Begins the names of effective values that are objective weights. */
    public static final String OBJECTIVES = "objectives.";

    public DecisionParameters {
        weights = Map.copyOf(weights);
    }

    /** @param fallback whether another strategy than the selected one decided */
    public static DecisionParameters of(List<EffectiveValue> effective, boolean fallback) {
        String prefix = fallback ? STAND_IN_PARAMETERS : PARAMETERS;
        Map<String, JsonValue> parameters = new LinkedHashMap<>();
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        for (EffectiveValue value : effective) {
            if (value.name().startsWith(prefix)) {
                parameters.put(value.name().substring(prefix.length()), value.value());
            } else if (value.name().startsWith(OBJECTIVES)) {
                weights.put(value.name().substring(OBJECTIVES.length()), weight(value.value()));
            }
        }
        return new DecisionParameters(new JsonObject(parameters), weights);
    }

    private static ObjectiveWeight weight(JsonValue value) {
        return value.asObject()
                .map(both -> new ObjectiveWeight(
                        both.get("weight").map(DecisionParameters::number).orElse(0.0),
                        both.get("level")
                                .map(DecisionParameters::number)
                                .orElse(0.0)
                                .intValue(),
                        both.get("normalised").flatMap(JsonValue::asBoolean).orElse(false)))
                .orElseGet(() -> ObjectiveWeight.of(number(value)));
    }

    private static double number(JsonValue value) {
        return value.asNumber().map(BigDecimal::doubleValue).orElse(0.0);
    }
}
