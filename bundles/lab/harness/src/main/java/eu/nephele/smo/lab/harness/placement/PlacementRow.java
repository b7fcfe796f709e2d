// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a solver has found for an instance.
 *
 * @param solver id of a strategy, or name of a program
 * @param buildSeconds conversion of the file to what the solver gets
 * @param seconds duration of the run
 * @param trace what it finds in less time, as far as that was looked at
 */
record PlacementRow(
        Instance instance,
        String solver,
        String version,
        RunLimits limits,
        double buildSeconds,
        double seconds,
        PlacementTrace trace,
        CheckedAnswer answer) {

    private static final double PERCENT = 100;

    enum RowStatus {
        OPTIMAL,
        FEASIBLE,
        NONE,
        /** no answer, or one that breaks a rule or contradicts a bound */
        ERROR
    }

    RowStatus status() {
        return answer.status();
    }

    OptionalLong value() {
        return answer.value();
    }

    OptionalLong bound() {
        return answer.bound();
    }

    boolean checked() {
        return value().isPresent() && status() != RowStatus.ERROR;
    }

    /** Distance of the value from a bound, in percent of the bound. */
    OptionalDouble gapPercent(OptionalLong from) {
        return value().isPresent() && from.isPresent() && from.getAsLong() > 0
                ? OptionalDouble.of(PERCENT * (value().getAsLong() - from.getAsLong()) / from.getAsLong())
                : OptionalDouble.empty();
    }

    PlacementRow failed(String reason) {
        CheckedAnswer wrong = new CheckedAnswer(RowStatus.ERROR, value(), OptionalLong.empty(), reason);
        return new PlacementRow(instance, solver, version, limits, buildSeconds, seconds, trace, wrong);
    }
}
