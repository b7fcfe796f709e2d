// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.Optional;

/**
 * Decides a recorded problem again, with one value after the other for one of its inputs. Nothing of it is applied. One at
 * a time, within a time budget, on live decisions' leave.
 */
public interface SensitivityService {

    /**
     * The placements that weights of an objective would choose, what they cost, each objective's own term, and where the
     * placement changes.
     *
     * @return empty when the graph has no such placement decision
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID}: the objective or the strategy is not installed;
     *     {@code CONFLICT}: the decision cannot be made again; {@code UNAVAILABLE}: another one is computed now
     */
    Optional<JsonObject> sweep(GraphId graph, WeightSweep sweep, CallContext call);

    /**
     * The replicas that other demand, other capacity of a replica or another parameter would choose, and where they
     * change. These are the strategy's: bounds of the whole graph, and limits of a division over clusters, count afterwards.
     *
     * @return empty when the graph has no such scaling decision with its inputs
     * @throws eu.nephele.smo.api.runtime.SmoException as {@link #sweep(GraphId, WeightSweep, CallContext)}
     */
    Optional<JsonObject> sweep(GraphId graph, ScalingSweep sweep, CallContext call);

    /**
     * Evenly spaced values.
     *
     * @param from smallest, 0 or more, finite
     * @param to largest, more than {@code from}, finite
     * @param steps number of values, both ends among them, 2 to {@link #MOST_STEPS}
     */
    record SweepRange(double from, double to, int steps) {

        public static final int MOST_STEPS = 201;

        public SweepRange {
            if (!(from >= 0) || !(to > from) || Double.isInfinite(to)) {
                throw new IllegalArgumentException(
                        "Expected 0 <= from < to, both finite, got from=%s to=%s".formatted(from, to));
            }
            if (steps < 2 || steps > MOST_STEPS) {
                throw new IllegalArgumentException("Expected 2 to %d steps, got %d".formatted(MOST_STEPS, steps));
            }
        }

        /** The value of a step, from 0 on. */
        public double value(int step) {
            return step == steps - 1 ? to : from + (to - from) * step / (steps - 1);
        }
    }

    /**
     * @param objective whose weight is varied; those of the others stay as they were
     * @param strategy id of the strategy that decides instead; empty: the one that decided
     * @param decision id of the recorded decision; empty: the graph's newest placement decision
     */
    record WeightSweep(String objective, SweepRange weights, Optional<String> strategy, Optional<String> decision) {}

    /** What is varied of a scaling decision. */
    enum ScalingInput {
        /** Factor of demand: the present, the past, the forecast one, and all readings of metrics. */
        DEMAND,
        /** Factor of what replicas can serve: both coefficients of the profile. */
        CAPACITY,
        /** The value of a parameter of the strategy. */
        PARAMETER
    }

    /**
     * @param parameter name of the parameter of the strategy; "" unless the input is {@link ScalingInput#PARAMETER}
     * @param service of the graph whose demand or capacity is varied, or whose strategy has the parameter; empty: of all
     *     services of the first call of a strategy in the decision
     * @param strategy id of the strategy that decides instead, with the parameters of the decision only if it is another
     *     version of the one that decided; empty: the one that decided
     * @param decision id of the recorded decision; empty: the graph's newest scaling decision that changed replicas
     */
    record ScalingSweep(
            ScalingInput input,
            String parameter,
            SweepRange values,
            Optional<String> service,
            Optional<String> strategy,
            Optional<String> decision) {

        public ScalingSweep {
            if ((input == ScalingInput.PARAMETER) == parameter.isEmpty()) {
                throw new IllegalArgumentException("Expected a parameter of the strategy, or demand or capacity");
            }
            if (input == ScalingInput.CAPACITY && values.from() == 0) {
                throw new IllegalArgumentException("Replicas without capacity serve nothing: expected from > 0");
            }
        }
    }
}
