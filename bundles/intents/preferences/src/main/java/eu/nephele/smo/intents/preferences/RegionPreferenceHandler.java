// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.preferences;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Regions where services had better run, the best first. */
@Component(property = IntentHandler.NAME + "=regionPreference")
public final class RegionPreferenceHandler implements IntentHandler {

    private static final double WEIGHT = 10;
    private static final String REGIONS = "regions";

    @Override
    public Set<Scope> scopes(String name) {
        return EnumSet.allOf(Scope.class);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject regions = IntentSchemas.texts("regions, zones, locations or countries, the best first");
        JsonObject weighed = IntentSchemas.closed(
                        "regions, and how much they count",
                        Map.of(
                                REGIONS,
                                regions,
                                "weight",
                                IntentSchemas.positive("what giving all of them up costs, where a move costs 1")))
                .with("required", JsonArray.ofStrings(List.of(REGIONS)));
        return JsonObject.EMPTY.with("anyOf", new JsonArray(List.of(regions, weighed)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        if (intent.value().asArray().isPresent()) {
            prefer(intent, IntentValues.texts(intent.pointer(), intent.value()), WEIGHT, requirements);
            return;
        }
        IntentValues value = IntentValues.of(intent);
        prefer(intent, value.texts(REGIONS), value.number("weight").orElse(WEIGHT), requirements);
    }

    private static void prefer(Intent intent, List<String> regions, double weight, Requirements requirements) {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("%s: expected at least one region".formatted(intent.pointer()));
        }
        for (String service : IntentValues.services(intent)) {
            // each step down the list costs the same, leaving it altogether the whole weight
            for (int last = 1; last <= regions.size(); last++) {
                List<String> best = regions.subList(0, last);
                requirements.prefer(
                        service,
                        (cluster, signals) -> ClusterPlace.isIn(cluster, best),
                        weight / regions.size(),
                        "regionPreference: rather in " + String.join(", ", best));
            }
        }
    }
}
