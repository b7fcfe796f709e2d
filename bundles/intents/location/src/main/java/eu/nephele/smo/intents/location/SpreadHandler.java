// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.location;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/** Requires the replicas of a service to be divided over several clusters. */
@Component(property = IntentHandler.NAME + "=spread")
public final class SpreadHandler implements IntentHandler {

    private static final String OVER_CLUSTERS = "overClusters";
    private static final String MIN = "minReplicasPerCluster";
    private static final String MAX = "maxReplicasPerCluster";
    private static final String SURVIVING = "survivingPercent";
    private static final String WEIGHTS = "weights";
    private static final String FREE_CAPACITY = "freeCapacity";
    private static final int MOST_PERCENT = 99;

    /** Of a graph with replicas by the thousand, still far from where sums of products overflow. */
    private static final int LARGEST_WEIGHT = 1_000_000;

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.SERVICE);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return LocationSchemas.closed(Map.of(
                        OVER_CLUSTERS,
                        number("least number of clusters that run replicas of this service", 1, Integer.MAX_VALUE),
                        MIN,
                        number("least replicas on each of its clusters", 1, Integer.MAX_VALUE),
                        MAX,
                        number("most replicas on one cluster", 1, Integer.MAX_VALUE),
                        SURVIVING,
                        number(
                                "per cent of the replicas that run elsewhere, whichever cluster is lost",
                                0,
                                MOST_PERCENT),
                        WEIGHTS,
                        weights()))
                .with("minProperties", LocationSchemas.number(1));
    }

    private static JsonObject number(String description, int least, int most) {
        return LocationSchemas.typed("integer", description)
                .with("minimum", LocationSchemas.number(least))
                .with("maximum", LocationSchemas.number(most));
    }

    private static JsonObject weights() {
        JsonObject byCluster = LocationSchemas.typed("object", "cluster (name, or source/name) to its weight")
                .with("additionalProperties", number("weight", 1, LARGEST_WEIGHT))
                .with("propertyNames", new JsonObject(Map.of("minLength", LocationSchemas.number(1))))
                .with("minProperties", LocationSchemas.number(1))
                .with("maxProperties", LocationSchemas.number(ReplicaDivision.MOST_WEIGHTS));
        JsonObject byRoom = JsonObject.EMPTY.with("const", new JsonString(FREE_CAPACITY));
        return JsonObject.EMPTY
                .with(
                        "description",
                        new JsonString(
                                "proportion of the replicas by cluster: weights of the only clusters that run any, or freeCapacity; equal shares where missing"))
                .with("oneOf", new JsonArray(List.of(byCluster, byRoom)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        String service = LocationValues.serviceOf(intent);
        JsonObject value = LocationValues.objectOf(intent);
        String at = intent.pointer() + "/";
        int overClusters = integer(at, value, OVER_CLUSTERS, 1, Integer.MAX_VALUE, 1);
        int min = integer(at, value, MIN, 1, Integer.MAX_VALUE, 1);
        int max = integer(at, value, MAX, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        int surviving = integer(at, value, SURVIVING, 0, MOST_PERCENT, 0);
        Map<String, Integer> weights = weights(at + WEIGHTS + "/", value);
        if (max < min) {
            throw new IllegalArgumentException(
                    "%s%s: %d is less than %s, which is %d".formatted(at, MAX, max, MIN, min));
        }
        if (!weights.isEmpty() && weights.size() < overClusters) {
            throw new IllegalArgumentException("%s%s: names %d clusters, %s asks for %d"
                    .formatted(at, WEIGHTS, weights.size(), OVER_CLUSTERS, overClusters));
        }
        ReplicaDivision division =
                new ReplicaDivision(overClusters, min, max, surviving, proportion(value, weights), weights);
        requirements.spread(service, division);
        if (!weights.isEmpty()) {
            requirements.allowOnly(
                    service,
                    cluster -> division.weightOf(cluster.id()) > 0,
                    "spread: its weights do not name the cluster");
        }
    }

    private static Proportion proportion(JsonObject value, Map<String, Integer> weights) {
        if (!weights.isEmpty()) {
            return Proportion.WEIGHTS;
        }
        return value.get(WEIGHTS).isPresent() ? Proportion.FREE_CAPACITY : Proportion.EQUAL;
    }

    /** Returns the weights by cluster; none without, or where they are the free capacity. */
    private static Map<String, Integer> weights(String at, JsonObject value) {
        Map<String, Integer> weights = new TreeMap<>();
        JsonObject byCluster = value.get(WEIGHTS).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        for (String cluster : byCluster.members().keySet()) {
            weights.put(cluster, integer(at, byCluster, cluster, 1, LARGEST_WEIGHT, 1));
        }
        return weights;
    }

    /** @param at JSON pointer of the object, with a slash at its end */
    private static int integer(String at, JsonObject value, String name, int least, int most, int otherwise) {
        return value.get(name)
                .map(number -> integer(at + name, number, least, most))
                .orElse(otherwise);
    }

    private static int integer(String pointer, JsonValue value, int least, int most) {
        BigDecimal number =
                value.asNumber().orElseThrow(() -> new IllegalArgumentException(pointer + ": expected a whole number"));
        try {
            int whole = number.intValueExact();
            if (whole >= least && whole <= most) {
                return whole;
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("%s: %s is not a whole number in range".formatted(pointer, number), e);
        }
        throw new IllegalArgumentException("%s: %s, expected %d to %d".formatted(pointer, number, least, most));
    }
}
