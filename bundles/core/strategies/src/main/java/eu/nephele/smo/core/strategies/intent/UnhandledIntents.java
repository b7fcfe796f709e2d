// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Knowledge about intents without a handler: which ones are optional, which must not be skipped, which have no meaning. */
final class UnhandledIntents {
    /** Intents that a graph can do without while their handler is away: they forbid no place. */
    private static final Set<String> WISHES = Set.of("highAvailability", "energyEfficiency", "connectionPoints");
    /** Without these a service would be placed where it may not be, or as if it needed nothing. */
    private static final Set<String> HARD = Set.of("compute", "location", "antiAffinity", "spread");
    /** Part of the graph's structure, read with the descriptor. */
    private static final Set<String> STRUCTURE = Set.of("useStaticPlacement", "metrics");
    /** The links are read with the descriptor, and count without a handler. */
    static final String LINKS = "connectionPoints";

    private UnhandledIntents() {}

    static boolean isWish(String name) {
        return WISHES.contains(name);
    }

    static boolean isHard(String name) {
        return HARD.contains(name);
    }

    static boolean isStructure(String name) {
        return STRUCTURE.contains(name) || name.startsWith("x-");
    }

    /** Returns whether the value asks for anything; {@code enabled: false}, empty lists and best effort do not. */
    static boolean asks(String name, JsonValue value) {
        if (name.equals(LINKS)) {
            return false;
        }
        if (name.equals("network")) {
            return value.asObject().map(UnhandledIntents::asksOfNetwork).orElse(false);
        }
        if (value.asArray().isPresent()) {
            return !value.asArray().get().isEmpty();
        }
        Optional<JsonObject> object = value.asObject();
        if (object.isPresent()) {
            return object.get()
                    .get("enabled")
                    .map(UnhandledIntents::isTrue)
                    .orElse(!object.get().isEmpty());
        }
        return !(value instanceof JsonValue.JsonNull) && !(value instanceof JsonBoolean bool && !bool.value());
    }

    private static boolean asksOfNetwork(JsonObject network) {
        boolean nearDevice = network.get("deviceProximity")
                .flatMap(JsonValue::asObject)
                .flatMap(proximity -> proximity.get("enabled"))
                .map(UnhandledIntents::isTrue)
                .orElse(false);
        List<JsonValue> latencies =
                network.get("latencies").flatMap(JsonValue::asArray).orElse(List.of());
        return nearDevice || latencies.stream().anyMatch(UnhandledIntents::asksOfLatency);
    }

    /** A hard limit ({@code maxMillis}) is part of the link and holds without a handler; a class is a soft intent. */
    private static boolean asksOfLatency(JsonValue latency) {
        return latency.asObject()
                .flatMap(entry -> entry.get("qos"))
                .flatMap(JsonValue::asString)
                .map(qos -> !qos.equals("best-effort"))
                .orElse(false);
    }

    private static boolean isTrue(JsonValue value) {
        return value.asBoolean()
                .orElse(value instanceof JsonString text && text.value().equalsIgnoreCase("true"));
    }
}
