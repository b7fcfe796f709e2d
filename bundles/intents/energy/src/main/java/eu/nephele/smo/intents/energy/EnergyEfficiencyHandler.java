// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Makes the emissions of a graph count in its placement. */
@Component(configurationPid = "eu.nephele.smo.intents.energy", property = IntentHandler.NAME + "=energyEfficiency")
@Designate(ocd = EnergyConfig.class)
public final class EnergyEfficiencyHandler implements IntentHandler {

    private final EnergyWeights weights;

    @Activate
    public EnergyEfficiencyHandler(EnergyConfig config) {
        this.weights = EnergyWeights.of(config);
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return IntentSchemas.closed(
                        "little energy and carbon",
                        Map.of("enabled", IntentSchemas.flag("true: carbon counts in the placement of the graph")))
                .with("required", JsonArray.ofStrings(List.of("enabled")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        if (IntentValues.of(intent).flag("enabled")) {
            weights.lowCarbon(requirements);
        }
    }
}
