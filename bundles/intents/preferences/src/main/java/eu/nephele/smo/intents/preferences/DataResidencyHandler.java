// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.preferences;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Where data, and the services that hold them, may be. */
@Component(property = IntentHandler.NAME + "=dataResidency")
public final class DataResidencyHandler implements IntentHandler {

    private static final String COUNTRIES = "countries";
    private static final String REGIONS = "regions";
    private static final String EXCLUDE = "exclude";

    @Override
    public Set<Scope> scopes(String name) {
        return EnumSet.allOf(Scope.class);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject parts = IntentSchemas.closed(
                        "allowed and excluded places",
                        Map.of(
                                COUNTRIES, IntentSchemas.texts("only in these countries"),
                                REGIONS, IntentSchemas.texts("only in these regions, zones or locations"),
                                EXCLUDE,
                                        IntentSchemas.texts("in none of these countries, regions, zones or locations")))
                .with("minProperties", JsonNumber.of(1L));
        return JsonObject.EMPTY.with(
                "anyOf",
                new JsonArray(List.of(IntentSchemas.texts("countries or regions: only in one of them"), parts)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        if (intent.value().asArray().isPresent()) {
            allow(intent, IntentValues.texts(intent.pointer(), intent.value()), requirements);
            return;
        }
        IntentValues value = IntentValues.of(intent);
        List<String> countries = value.texts(COUNTRIES);
        List<String> regions = value.texts(REGIONS);
        List<String> exclude = value.texts(EXCLUDE);
        if (countries.isEmpty() && regions.isEmpty() && exclude.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: expected %s, %s or %s".formatted(intent.pointer(), COUNTRIES, REGIONS, EXCLUDE));
        }
        List<String> both = new ArrayList<>(countries);
        both.addAll(regions);
        both.removeIf(place -> exclude.stream().noneMatch(place::equalsIgnoreCase));
        if (!both.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s is allowed and excluded".formatted(intent.pointer(), String.join(", ", both)));
        }
        for (String service : IntentValues.services(intent)) {
            if (!countries.isEmpty()) {
                requirements.allowOnly(
                        service, cluster -> ClusterPlace.isInCountry(cluster, countries), only(countries));
            }
            if (!regions.isEmpty()) {
                requirements.allowOnly(service, cluster -> cluster.isAt(regions), only(regions));
            }
            if (!exclude.isEmpty()) {
                requirements.allowOnly(
                        service,
                        // a cluster that says nothing may be anywhere
                        cluster -> ClusterPlace.isKnown(cluster) && !ClusterPlace.isIn(cluster, exclude),
                        "dataResidency: not in %s, and only where country and region are known"
                                .formatted(String.join(", ", exclude)));
            }
        }
    }

    private static void allow(Intent intent, List<String> places, Requirements requirements) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("%s: expected at least one place".formatted(intent.pointer()));
        }
        IntentValues.services(intent)
                .forEach(service ->
                        requirements.allowOnly(service, cluster -> ClusterPlace.isIn(cluster, places), only(places)));
    }

    private static String only(List<String> places) {
        return "dataResidency: only in " + String.join(", ", places);
    }
}
