// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer with rules and value recomputed, without the solver that gave it. Costs are whole units of the file.
 *
 * @param value empty if there is no placement that keeps all rules
 * @param bound the solver's own
 * @param reason what is wrong if the status is {@code ERROR}, for people; else ""
 */
record CheckedAnswer(RowStatus status, OptionalLong value, OptionalLong bound, String reason) {

    static CheckedAnswer failed(String reason) {
        return new CheckedAnswer(RowStatus.ERROR, OptionalLong.empty(), OptionalLong.empty(), reason);
    }

    static CheckedAnswer from(Instance instance, @Nullable PlacementResult result) {
        if (result == null) {
            return failed("it answered null");
        }
        try {
            return result instanceof Placed placed
                    ? placed(instance, placed)
                    : new CheckedAnswer(RowStatus.NONE, OptionalLong.empty(), OptionalLong.empty(), "");
        } catch (RuntimeException nonsense) {
            return failed("its answer cannot be read: " + nonsense);
        }
    }

    /** A bound above the value of a placement, and a value below the bound of the file, are errors. */
    private static CheckedAnswer placed(Instance instance, Placed placed) {
        List<String> violations = Feasibility.violations(instance.request(), placed.placement());
        if (!violations.isEmpty()) {
            return failed(
                    "its placement breaks %d rules; the first: %s".formatted(violations.size(), violations.get(0)));
        }
        long micros = Pricing.total(instance.request(), placed.placement(), 0);
        long value = micros / Costs.MICROS;
        OptionalLong boundMicros = placed.quality().lowerBoundMicros();
        if (boundMicros.orElse(micros) > micros) {
            return contradiction(
                    value, "its bound is %d and its value %d".formatted(roundedUp(boundMicros.getAsLong()), value));
        }
        if (instance.knownBound().orElse(value) > value) {
            return contradiction(
                    value,
                    "its value is %d, and the bound of the file %d"
                            .formatted(value, instance.knownBound().getAsLong()));
        }
        boolean proven = placed.quality().stop() == StopReason.PROVEN_OPTIMAL;
        return new CheckedAnswer(
                proven ? RowStatus.OPTIMAL : RowStatus.FEASIBLE,
                OptionalLong.of(value),
                boundMicros.stream().map(CheckedAnswer::roundedUp).findFirst(),
                "");
    }

    private static CheckedAnswer contradiction(long value, String reason) {
        return new CheckedAnswer(RowStatus.ERROR, OptionalLong.of(value), OptionalLong.empty(), reason);
    }

    /** Costs are whole units, so that a bound between two of them proves the higher one. */
    private static long roundedUp(long micros) {
        return Math.floorDiv(micros + Costs.MICROS - 1, Costs.MICROS);
    }
}
