// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads requested strategies from configuration, in the form of a descriptor. */
final class ConfiguredSelectionReader {
    private ConfiguredSelectionReader() {}

    /** @throws IllegalArgumentException naming the member that makes no sense */
    static StrategyOverride strategies(JsonObject strategies) {
        known(strategies, Set.of("placement", "scaling"));
        return new StrategyOverride(selection(strategies, "placement"), selection(strategies, "scaling"));
    }

    private static StrategySelection selection(JsonObject strategies, String kind) {
        Optional<JsonObject> given = member(strategies, kind, JsonValue::asObject);
        if (given.isEmpty()) {
            return StrategySelection.UNSPECIFIED;
        }
        JsonObject json = given.get();
        known(json, Set.of("id", "version", "parameters", "optional", "objectives", "normalised", "intervalSeconds"));
        Optional<BigDecimal> interval = member(json, "intervalSeconds", JsonValue::asNumber);
        boolean normalised = member(json, "normalised", JsonValue::asBoolean).orElse(false);
        return new StrategySelection(
                member(json, "id", JsonValue::asString),
                member(json, "version", JsonValue::asString),
                member(json, "parameters", JsonValue::asObject).orElse(JsonObject.EMPTY),
                member(json, "optional", JsonValue::asBoolean).orElse(false),
                member(json, "objectives", JsonValue::asObject)
                        .map(weights -> ObjectiveWeight.in(objectives(weights), normalised)),
                interval.isPresent() ? OptionalInt.of(interval.get().intValue()) : OptionalInt.empty());
    }

    private static Map<String, ObjectiveWeight> objectives(JsonObject json) {
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        json.members().forEach((name, value) -> weights.put(name, weight(name, value)));
        return weights;
    }

    private static ObjectiveWeight weight(String name, JsonValue value) {
        Optional<JsonObject> withLevel = value.asObject();
        if (withLevel.isEmpty()) {
            return ObjectiveWeight.of(
                    value.asNumber().orElseThrow(() -> wrong(name, value)).doubleValue());
        }
        JsonObject json = withLevel.get();
        known(json, Set.of("weight", "level"));
        BigDecimal weight = member(json, "weight", JsonValue::asNumber).orElseThrow(() -> wrong(name, value));
        int level = member(json, "level", JsonValue::asNumber)
                .map(BigDecimal::intValue)
                .orElse(0);
        return new ObjectiveWeight(weight.doubleValue(), level);
    }

    private static <T> Optional<T> member(JsonObject json, String name, Function<JsonValue, Optional<T>> as) {
        Optional<JsonValue> value = json.get(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(as.apply(value.get()).orElseThrow(() -> wrong(name, value.get())));
    }

    private static void known(JsonObject json, Set<String> names) {
        json.members().keySet().stream().filter(name -> !names.contains(name)).forEach(name -> {
            throw new IllegalArgumentException("unknown member '%s', known are %s"
                    .formatted(name, names.stream().sorted().toList()));
        });
    }

    private static IllegalArgumentException wrong(String name, JsonValue value) {
        return new IllegalArgumentException("member '%s' cannot be %s".formatted(name, value.toJson()));
    }
}
