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

    /** Returns whether the weights count shares of what the objectives can attain. */
    public boolean normalised() {
        return objectives.map(ObjectiveWeight::anyNormalised).orElse(false);
    }

    /**
     * How much an objective counts.
     *
     * @param weight factor, 0 or more, finite
     * @param level 0 is optimised first, then 1 among equals, and so on
     * @param normalised false: of the cost in the objective's own unit; true: of its share of the range that the cost can attain
     *     in the problem
     */
    public record ObjectiveWeight(double weight, int level, boolean normalised) {

        /** Of the cost in the objective's own unit. */
        public ObjectiveWeight(double weight, int level) {
            this(weight, level, false);
        }

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

        /** The same number, of the share of the attainable range. */
        public ObjectiveWeight ofRange() {
            return new ObjectiveWeight(weight, level, true);
        }

        /**
         * The weights of a selection with its flag {@code normalised}.
         *
         * @param normalised whether all of them count shares of attainable ranges; false leaves them as they are
         */
        public static Map<String, ObjectiveWeight> in(Map<String, ObjectiveWeight> weights, boolean normalised) {
            Map<String, ObjectiveWeight> all = new TreeMap<>(weights);
            if (normalised) {
                all.replaceAll((name, weight) -> weight.ofRange());
            }
            return all;
        }

        /** Returns whether one of the weights counts a share of an attainable range; a selection has either all or none. */
        public static boolean anyNormalised(Map<String, ObjectiveWeight> weights) {
            return weights.values().stream().anyMatch(ObjectiveWeight::normalised);
        }
    }
}
