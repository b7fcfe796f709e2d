// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Little carbon, much renewable energy, or only that. */
@Component(configurationPid = "eu.nephele.smo.intents.energy", property = IntentHandler.NAME + "=energy_preference")
public final class EnergyPreferenceHandler implements IntentHandler {

    private static final String NONE = "none";
    private static final String LOW_CARBON = "low_carbon";
    private static final String RENEWABLE_HIGH = "renewable_high";
    private static final String RENEWABLE_ONLY = "renewable_only";
    private static final List<String> ALL = List.of(NONE, LOW_CARBON, RENEWABLE_HIGH, RENEWABLE_ONLY);

    private final EnergyWeights weights;

    @Activate
    public EnergyPreferenceHandler(EnergyConfig config) {
        this.weights = EnergyWeights.of(config);
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return IntentSchemas.oneOf("how much renewable energy and little carbon count in the placement", ALL);
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        switch (intent.value().asString().orElse("")) {
            case NONE -> {}
            case LOW_CARBON -> weights.lowCarbon(requirements);
            case RENEWABLE_HIGH -> {
                weights.lowCarbon(requirements);
                IntentValues.services(intent)
                        .forEach(service -> requirements.prefer(
                                service,
                                (cluster, signals) -> weights.isHigh(signals),
                                weights.preference(),
                                "energy_preference: rather with " + weights.high()));
            }
            case RENEWABLE_ONLY ->
                IntentValues.services(intent)
                        .forEach(service -> requirements.allowOnly(
                                service,
                                (cluster, signals) -> weights.isHigh(signals),
                                "energy_preference: only with " + weights.high()));
            default ->
                throw new IllegalArgumentException(
                        "%s: expected one of %s".formatted(intent.pointer(), String.join(", ", ALL)));
        }
    }
}
