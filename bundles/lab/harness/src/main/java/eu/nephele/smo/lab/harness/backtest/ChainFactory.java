// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.lab.conformance.SampleJson;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.util.List;
import java.util.Optional;

/** Makes strategies from what is written on the command line. */
final class ChainFactory {

    private static final String BUILT_IN_BASE = "optimal";
    private static final int MOST_WRAPPERS = 3;

    private final InstalledComponents components;

    ChainFactory(InstalledComponents components) {
        this.components = components;
    }

    /** @throws IllegalArgumentException with a message for people */
    DemandForecaster forecaster(String id) {
        return components
                .find(DemandForecaster.class, DemandForecaster.ID, id)
                .orElseThrow(() -> new IllegalArgumentException("There is no forecaster '%s'; there are %s"
                        .formatted(id, components.values(DemandForecaster.class, DemandForecaster.ID))));
    }

    List<String> ids() {
        return components.values(ScalingStrategy.class, ScalingStrategy.ID);
    }

    /**
     * @param parameters as in a descriptor; missing ones have their defaults
     * @throws IllegalArgumentException with a message for people
     */
    StrategyChain chain(String name, String id, JsonObject parameters) {
        return chain(name, id, parameters, 0);
    }

    private StrategyChain chain(String name, String id, JsonObject parameters, int depth) {
        ScalingStrategy strategy = components
                .find(ScalingStrategy.class, ScalingStrategy.ID, id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no scaling strategy '%s'; there are %s".formatted(id, ids())));
        Record bound;
        try {
            bound = ParameterDefaults.bind(strategy.parametersType(), parameters);
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException("%s: %s".formatted(name, wrong.getMessage()), wrong);
        }
        if (!(strategy instanceof ScalingWrapper)) {
            return new StrategyChain(name, strategy, bound, Optional.empty());
        }
        if (depth == MOST_WRAPPERS) {
            throw new IllegalArgumentException(
                    "%s: more than %d strategies that build on others".formatted(name, depth));
        }
        Optional<JsonObject> base = parameters.get(ScalingWrapper.BASE).flatMap(JsonValue::asObject);
        String baseId = base.flatMap(chosen -> chosen.get("id"))
                .flatMap(JsonValue::asString)
                .orElse(BUILT_IN_BASE);
        JsonObject ofBase = base.flatMap(chosen -> chosen.get("parameters"))
                .flatMap(JsonValue::asObject)
                .orElse(JsonObject.EMPTY);
        return new StrategyChain(name, strategy, bound, Optional.of(chain(name, baseId, ofBase, depth + 1)));
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    static JsonObject parameters(String text) {
        return SampleJson.value(text)
                .asObject()
                .orElseThrow(() -> new IllegalArgumentException("Expected an object of parameters, got " + text));
    }
}
