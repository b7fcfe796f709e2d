// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a strategy has found for an instance. Costs are whole units of the file.
 *
 * @param buildSeconds conversion of the file to a request
 * @param seconds duration of the run
 * @param trace what it finds in less time, if asked for
 * @param status {@code ERROR} if the placement breaks a rule, or bounds contradict the value
 * @param value recomputed from the placement; empty if there is none that keeps all rules
 * @param bound proven by the strategy itself, if by any
 */
record PlacementRow(
        Instance instance,
        String strategy,
        double limitSeconds,
        long seed,
        double buildSeconds,
        double seconds,
        PlacementTrace trace,
        RowStatus status,
        OptionalLong value,
        OptionalLong bound) {

    private static final double PERCENT = 100;

    enum RowStatus {
        OPTIMAL,
        FEASIBLE,
        NONE,
        ERROR
    }

    boolean checked() {
        return value.isPresent() && status != RowStatus.ERROR;
    }

    /** Distance of the value from the better one of the two bounds, in percent of the bound. */
    OptionalDouble gapPercent() {
        OptionalLong best = bestBound();
        return value.isPresent() && best.isPresent() && best.getAsLong() > 0
                ? OptionalDouble.of(PERCENT * (value.getAsLong() - best.getAsLong()) / best.getAsLong())
                : OptionalDouble.empty();
    }

    OptionalLong bestBound() {
        return bound.isPresent() && instance.knownBound().isPresent()
                ? OptionalLong.of(
                        Math.max(bound.getAsLong(), instance.knownBound().getAsLong()))
                : bound.isPresent() ? bound : instance.knownBound();
    }

    /** The same from its own bound only. */
    OptionalDouble ownGapPercent() {
        return value.isPresent() && bound.isPresent() && bound.getAsLong() > 0
                ? OptionalDouble.of(PERCENT * (value.getAsLong() - bound.getAsLong()) / bound.getAsLong())
                : OptionalDouble.empty();
    }
}
