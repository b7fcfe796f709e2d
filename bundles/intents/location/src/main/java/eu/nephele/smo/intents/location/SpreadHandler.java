// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Requires the replicas of a service to be on several clusters. */
@Component(property = IntentHandler.NAME + "=spread")
public final class SpreadHandler implements IntentHandler {

    private static final String OVER_CLUSTERS = "overClusters";

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return LocationSchemas.closed(Map.of(
                        OVER_CLUSTERS,
                        LocationSchemas.typed("integer", "least number of clusters that run replicas of this service")
                                .with("minimum", LocationSchemas.number(1))
                                .with("maximum", LocationSchemas.number(Integer.MAX_VALUE))))
                .with("required", JsonArray.ofStrings(List.of(OVER_CLUSTERS)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = IntentValues.serviceOf(intent);
        String pointer = intent.pointer() + "/" + OVER_CLUSTERS;
        BigDecimal clusters = IntentValues.objectOf(intent)
                .get(OVER_CLUSTERS)
                .flatMap(JsonValue::asNumber)
                .orElseThrow(() -> new IllegalArgumentException(pointer + ": expected a number of clusters"));
        try {
            requirements.spread(service, clusters.intValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("%s: %s is not a number of clusters".formatted(pointer, clusters), e);
        }
    }
}
