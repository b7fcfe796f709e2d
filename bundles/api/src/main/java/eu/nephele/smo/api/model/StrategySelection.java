// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A wish which strategy decides, at one level of precedence (request, descriptor, project, configuration). Everything is
 * optional; what one level leaves open the next one answers.
 *
 * @param id strategy id, for example {@code optimal}
 * @param versionRange OSGi version range; the highest installed version within it decides
 * @param parameters the strategy's own parameters; empty object when none
 * @param optional whether the graph is accepted although the strategy is not installed now
 * @param objectives weights of placement objectives by name; present and empty means "none"
 * @param intervalSeconds how often a scaling strategy looks at the graph
 */
public record StrategySelection(
        Optional<String> id,
        Optional<String> versionRange,
        JsonObject parameters,
        boolean optional,
        Optional<Map<String, ObjectiveWeight>> objectives,
        OptionalInt intervalSeconds) {

    /** Leaves everything open. */
    public static final StrategySelection UNSPECIFIED = new StrategySelection(
            Optional.empty(), Optional.empty(), JsonObject.EMPTY, false, Optional.empty(), OptionalInt.empty());

    public StrategySelection {
        objectives = objectives.map(weights -> java.util.Collections.unmodifiableMap(new TreeMap<>(weights)));
    }

    public static StrategySelection ofId(String id) {
        return new StrategySelection(
                Optional.of(id), Optional.empty(), JsonObject.EMPTY, false, Optional.empty(), OptionalInt.empty());
    }

    /**
     * How much an objective counts.
     *
     * @param weight factor, 0 or more, finite
     * @param level 0 is optimised first, then 1 among equals, and so on
     */
    public record ObjectiveWeight(double weight, int level) {
        public ObjectiveWeight {
            if (!(weight >= 0) || Double.isInfinite(weight) || level < 0) {
                throw new IllegalArgumentException(
                        "Expected a finite weight >= 0 and a level >= 0, got weight=%s level=%d"
                                .formatted(weight, level));
            }
        }

        public static ObjectiveWeight of(double weight) {
            return new ObjectiveWeight(weight, 0);
        }
    }
}
