// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.selection;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Objective weights by precedence: explicit weights replace those of less important levels and of the configuration as
 * a whole, normalised or not; intents add objectives that are not mentioned there, in the same way. Explicit empty weights mean
 * none at all.
 *
 * @param weights by objective
 * @param sources by objective
 */
public record EffectiveWeights(Map<String, ObjectiveWeight> weights, Map<String, String> sources) {
    public EffectiveWeights {
        weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        sources = Map.copyOf(sources);
    }

    /**
     * @param levels selections, most important first
     * @param ofIntents weights from the intents of the graph
     * @param configured weights where no level has any
     */
    public static EffectiveWeights create(
            List<SourcedSelection> levels,
            Map<String, ObjectiveWeight> ofIntents,
            Map<String, ObjectiveWeight> configured) {
        Optional<SourcedSelection> wish = levels.stream()
                .filter(level -> level.selection().objectives().isPresent())
                .findFirst();
        Map<String, ObjectiveWeight> wished =
                wish.flatMap(level -> level.selection().objectives()).orElse(configured);
        String source = wish.map(SourcedSelection::source)
                .orElse(configured.equals(StrategySettings.DEFAULTS.objectives()) ? "builtin" : "configuration");
        boolean normalised = ObjectiveWeight.anyNormalised(wished);
        Map<String, ObjectiveWeight> weights = new HashMap<>(wished);
        Map<String, String> sources = new HashMap<>();
        wished.keySet().forEach(name -> sources.put(name, source));
        if (wish.isPresent() && wished.isEmpty()) {
            return new EffectiveWeights(weights, sources);
        }
        ofIntents.forEach((name, weight) -> {
            if (wish.isEmpty() || !wished.containsKey(name)) {
                weights.put(name, normalised ? weight.ofRange() : weight);
                sources.put(name, "intent");
            }
        });
        return new EffectiveWeights(weights, sources);
    }

    /** One value per objective, {@code objectives.<name>}, in name order. */
    public List<EffectiveValue> values() {
        return weights.entrySet().stream()
                .map(entry -> new EffectiveValue(
                        "objectives." + entry.getKey(),
                        json(entry.getValue()),
                        sources.getOrDefault(entry.getKey(), "builtin")))
                .toList();
    }

    private static JsonValue json(ObjectiveWeight weight) {
        JsonNumber number = JsonNumber.of(weight.weight());
        if (weight.level() == 0 && !weight.normalised()) {
            return number;
        }
        JsonObject both = JsonObject.EMPTY.with("weight", number).with("level", JsonNumber.of(weight.level()));
        return weight.normalised() ? both.with("normalised", new JsonBoolean(true)) : both;
    }
}
