// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What decides on all graphs of a day.
 *
 * @param name as it was given: {@code OBJECTIVE}, {@code STRATEGY} or {@code STRATEGY/OBJECTIVE}
 * @param objective weighed beside the number of moves; empty for none of both
 */
record StrategySet(String name, String strategy, Optional<String> objective) {

    private static final String SEPARATOR = "/";
    private static final String USUAL_STRATEGY = "auto";

    /** Share of what an objective can attain in a decision; the rest is for staying. */
    private static final double WEIGHT = 0.7;

    private static final String MOVES = "moves";

    /** @throws IllegalArgumentException if there is nothing of that name */
    static StrategySet parse(String name) {
        List<String> parts = Arrays.asList(name.split(SEPARATOR, 2));
        if (parts.size() == 2) {
            return new StrategySet(
                    name,
                    known("strategy", parts.get(0), DayStrategies.STRATEGIES.keySet()),
                    Optional.of(known("objective", parts.get(1), DayStrategies.OBJECTIVES.keySet())));
        }
        return DayStrategies.STRATEGIES.containsKey(name)
                ? new StrategySet(name, name, Optional.empty())
                : new StrategySet(
                        name,
                        USUAL_STRATEGY,
                        Optional.of(known("objective or strategy", name, DayStrategies.OBJECTIVES.keySet())));
    }

    private static String known(String what, String name, Iterable<String> names) {
        for (String each : names) {
            if (each.equals(name)) {
                return name;
            }
        }
        throw new IllegalArgumentException("--strategies: there is no %s '%s'; known: %s and %s"
                .formatted(
                        what,
                        name,
                        String.join(", ", DayStrategies.STRATEGIES.keySet()),
                        String.join(", ", DayStrategies.OBJECTIVES.keySet())));
    }

    StrategySelection selection() {
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        objective.ifPresent(wanted -> {
            weights.put(wanted, ObjectiveWeight.of(WEIGHT).ofRange());
            weights.put(MOVES, ObjectiveWeight.of(1 - WEIGHT).ofRange());
        });
        return new StrategySelection(
                Optional.of(strategy),
                Optional.empty(),
                JsonObject.EMPTY,
                false,
                Optional.of(weights),
                OptionalInt.empty());
    }
}
