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

    /**
     * @param known what there is
     * @throws IllegalArgumentException if there is nothing of that name
     */
    static StrategySet parse(String name, DayStrategies known) {
        List<String> parts = Arrays.asList(name.split(SEPARATOR, 2));
        boolean both = parts.size() == 2;
        boolean alone = !both && known.strategies().contains(name);
        String strategy = both || alone ? parts.get(0) : USUAL_STRATEGY;
        Optional<String> objective = alone ? Optional.empty() : Optional.of(parts.get(parts.size() - 1));
        if (!known.strategies().contains(strategy)
                || objective
                        .filter(wanted -> !known.objectives().contains(wanted))
                        .isPresent()) {
            throw new IllegalArgumentException(
                    "--strategies: '%s' is no OBJECTIVE, STRATEGY or STRATEGY/OBJECTIVE of the strategies %s and the objectives %s"
                            .formatted(
                                    name,
                                    String.join(", ", known.strategies()),
                                    String.join(", ", known.objectives())));
        }
        return new StrategySet(name, strategy, objective);
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
