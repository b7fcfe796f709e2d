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
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** How much the price counts, and a limit of it. */
@Component(property = IntentHandler.NAME + "=pricePreference")
public final class PricePreferenceHandler implements IntentHandler {

    private static final String IMPORTANCE = "importance";
    private static final String MOST = "maxPerCpuHour";
    private static final List<String> WORDS = List.of("low", "medium", "high");

    /** Moves that a unit of currency per hour is worth. */
    private static final Map<String, Double> WEIGHTS = Map.of("low", 1.0, "medium", 10.0, "high", 100.0);

    @Override
    public Set<Scope> scopes(String name) {
        return EnumSet.allOf(Scope.class);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        JsonObject limit = IntentSchemas.number("hard: most for one core and hour", 0, Integer.MAX_VALUE);
        JsonObject importance = IntentSchemas.oneOf("how much the price counts", WORDS);
        if (scope == Scope.SERVICE) {
            return IntentSchemas.closed("a limit of the price", Map.of(MOST, limit))
                    .with("required", JsonArray.ofStrings(List.of(MOST)));
        }
        JsonObject both = IntentSchemas.closed(
                        "how much the price counts, and a limit of it", Map.of(IMPORTANCE, importance, MOST, limit))
                .with("minProperties", JsonNumber.of(1L));
        return JsonObject.EMPTY.with("anyOf", new JsonArray(List.of(importance, both)));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        Optional<String> word = intent.value().asString();
        if (word.isPresent()) {
            weigh(intent, intent.pointer(), word.get(), requirements);
            return;
        }
        IntentValues value = IntentValues.of(intent);
        OptionalDouble most = value.number(MOST);
        value.text(IMPORTANCE).ifPresent(importance -> weigh(intent, value.at(IMPORTANCE), importance, requirements));
        if (most.isPresent()) {
            double limit = most.getAsDouble();
            IntentValues.services(intent)
                    .forEach(service -> requirements.allowOnly(
                            service,
                            (cluster, signals) -> signals.pricePerCpuHour().orElse(Double.MAX_VALUE) <= limit,
                            "pricePreference: at most %s for a core and hour".formatted(most.getAsDouble())));
        }
    }

    private static void weigh(Intent intent, String pointer, String word, Requirements requirements) {
        if (intent.service().isPresent()) {
            throw new IllegalArgumentException(
                    "%s: how much the price counts is said for the whole graph".formatted(pointer));
        }
        if (!WORDS.contains(word)) {
            throw new IllegalArgumentException("%s: expected one of %s".formatted(pointer, String.join(", ", WORDS)));
        }
        requirements.weight("price", ObjectiveWeight.of(WEIGHTS.getOrDefault(word, 1.0)));
    }
}
