// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * The intent {@code h3ni.energy_preference} of a graph. {@code renewable_high} gives the objective {@code carbon} (kg CO2eq per hour)
 * so much weight that a gram per hour counts as much as a move.
 */
@Component(property = IntentHandler.NAME + "=" + EnergyPreference.NAME)
public final class EnergyPreference implements IntentHandler {

    static final String NAME = "h3ni.energy_preference";
    private static final String RENEWABLE_HIGH = "renewable_high";
    private static final String NONE = "none";
    private static final double GRAMS_PER_KILOGRAM = 1000;

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return new JsonObject(Map.of(
                "type", new JsonString("string"),
                "enum", new JsonArray(List.of(new JsonString(NONE), new JsonString(RENEWABLE_HIGH))),
                "description", new JsonString("how much renewable energy and little carbon count in the placement")));
    }

    // docs: apply
    @Override
    public void apply(Intent intent, Requirements requirements) {
        String value = intent.value().asString().orElse("");
        switch (value) {
            case NONE -> {}
            case RENEWABLE_HIGH -> requirements.weight("carbon", ObjectiveWeight.of(GRAMS_PER_KILOGRAM));
            default ->
                throw new IllegalArgumentException(
                        "%s: expected %s or %s".formatted(intent.pointer(), NONE, RENEWABLE_HIGH));
        }
    }
    // docs: end
}
