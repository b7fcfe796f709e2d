// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.Optional;

/**
 * Decides the problem of a recorded placement again, with one weight after the other for one objective. Nothing of it is
 * applied. One at a time, within a time budget, on live decisions' leave.
 */
public interface SensitivityService {

    /**
     * The placements that the weights would choose, what they cost, each objective's own term, and where the placement changes.
     *
     * @return empty when the graph has no such placement decision
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID}: the objective or the strategy is not installed;
     *     {@code CONFLICT}: the decision cannot be made again; {@code UNAVAILABLE}: another one is computed now
     */
    Optional<JsonObject> sweep(GraphId graph, WeightSweep sweep, CallContext call);

    /**
     * @param objective whose weight is varied; those of the others stay as they were
     * @param from smallest weight, 0 or more, finite
     * @param to largest weight, more than {@code from}, finite
     * @param steps number of weights, evenly spaced, both ends among them, 2 to {@link #MOST_STEPS}
     * @param strategy id of the strategy that decides instead; empty: the one that decided
     * @param decision id of the recorded decision; empty: the graph's newest placement decision
     */
    record WeightSweep(
            String objective, double from, double to, int steps, Optional<String> strategy, Optional<String> decision) {

        public static final int MOST_STEPS = 201;

        public WeightSweep {
            if (!(from >= 0) || !(to > from) || Double.isInfinite(to)) {
                throw new IllegalArgumentException(
                        "Expected 0 <= from < to, both finite, got from=%s to=%s".formatted(from, to));
            }
            if (steps < 2 || steps > MOST_STEPS) {
                throw new IllegalArgumentException("Expected 2 to %d steps, got %d".formatted(MOST_STEPS, steps));
            }
        }

        /** The weight of a step, from 0 on. */
        public double weight(int step) {
            return step == steps - 1 ? to : from + (to - from) * step / (steps - 1);
        }
    }
}
