// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.availability;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** A highly available graph stays where it is unless a cluster fails, and has its replicas within bounds over all services. */
@Component(property = IntentHandler.NAME + "=highAvailability")
public final class HighAvailabilityHandler implements IntentHandler {

    private static final String MIN = "minReplicasOverall";
    private static final String MAX = "maxReplicasOverall";

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject properties = JsonObject.EMPTY
                .with(
                        "enabled",
                        type("boolean", "true: optimisation does not move the graph once it is placed; failover does"))
                .with(MIN, count(0, "least sum of replicas over all services of the graph"))
                .with(MAX, count(1, "greatest sum of replicas over all services of the graph"));
        return type("object", "keeps the graph available")
                .with("properties", properties)
                .with("patternProperties", new JsonObject(Map.of("^x-", new JsonBoolean(true))))
                .with("additionalProperties", new JsonBoolean(false))
                .with("required", JsonArray.ofStrings(List.of("enabled")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        JsonObject value = intent.value()
                .asObject()
                .orElseThrow(() -> new IllegalArgumentException(intent.pointer() + ": expected an object"));
        boolean enabled = value.get("enabled").flatMap(JsonValue::asBoolean).orElse(false);
        if (!enabled) {
            return;
        }
        OptionalInt min = bound(intent, value, MIN);
        OptionalInt max = bound(intent, value, MAX);
        if (min.isPresent() && max.isPresent() && max.getAsInt() < min.getAsInt()) {
            throw new IllegalArgumentException(
                    "%s: %s=%d is below %s=%d".formatted(intent.pointer(), MAX, max.getAsInt(), MIN, min.getAsInt()));
        }
        requirements.keepPlacement("highAvailability: only a failover moves this graph");
        if (min.isPresent() || max.isPresent()) {
            requirements.totalReplicas(min, max);
        }
    }

    private static OptionalInt bound(Intent intent, JsonObject value, String member) {
        Optional<BigDecimal> number = value.get(member).flatMap(JsonValue::asNumber);
        try {
            return number.isPresent() ? OptionalInt.of(number.get().intValueExact()) : OptionalInt.empty();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "%s/%s: %s is not a number of replicas".formatted(intent.pointer(), member, number.get()), e);
        }
    }

    private static JsonObject count(int minimum, String description) {
        return type("integer", description)
                .with("minimum", JsonNumber.of((long) minimum))
                .with("maximum", JsonNumber.of((long) Integer.MAX_VALUE));
    }

    private static JsonObject type(String type, String description) {
        return JsonObject.EMPTY.with("type", new JsonString(type)).with("description", new JsonString(description));
    }
}
