// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.List;
import java.util.OptionalLong;

/**
 * An answer with what it took. Costs are recomputed, in micro-units of the first level.
 *
 * @param millis that its thread has used
 * @param allocatedBytes by the thread that decided
 * @param fault what the strategy has thrown, for people; "" if nothing
 */
record MeasuredDecision(
        PlacementRequest request, PlacementResult result, double millis, long allocatedBytes, String fault) {

    private static final double PERCENT = 100;

    boolean isPlaced() {
        return result instanceof Placed;
    }

    boolean isProven() {
        return result instanceof Placed placed && placed.quality().stop() == StopReason.PROVEN_OPTIMAL;
    }

    /** Empty if it does not fit. */
    OptionalLong cost() {
        return result instanceof Placed placed
                ? OptionalLong.of(Pricing.total(request, placed.placement(), 0))
                : OptionalLong.empty();
    }

    /** Distance of the cost from the strategy's own bound in percent of the bound; infinite without a placement or a bound. */
    double gapPercent() {
        if (!(result instanceof Placed placed)) {
            return Double.POSITIVE_INFINITY;
        }
        long bound = placed.quality().lowerBoundMicros().orElse(0);
        long above = cost().orElseThrow() - bound;
        return above == 0 ? 0 : PERCENT * above / bound;
    }

    /** What is wrong with it if it has to be proven, for people; "" if nothing is. */
    String flawOfProof() {
        String flaw = flaw();
        if (!flaw.isEmpty()) {
            return flaw;
        } else if (result instanceof Infeasible refusal) {
            boolean proven = refusal.reasons().values().stream()
                    .flatMap(byCluster -> byCluster.values().stream())
                    .noneMatch(reason -> reason.contains("not proven"));
            return proven ? "" : "refused without a proof";
        }
        return isProven() ? "" : "not proven";
    }

    /** What is wrong with it whatever the best placement is, for people; "" if nothing is. */
    String flaw() {
        if (!fault.isEmpty()) {
            return "it has thrown " + fault;
        }
        if (!(result instanceof Placed placed)) {
            return "";
        }
        List<String> violations = Feasibility.violations(request, placed.placement());
        if (!violations.isEmpty()) {
            return "its placement breaks a rule: " + violations.get(0);
        }
        long cost = request.costs().isEmpty() ? 0 : cost().orElseThrow();
        long bound = placed.quality().lowerBoundMicros().orElse(cost);
        return bound > cost ? "its bound is %d and its cost %d".formatted(bound, cost) : "";
    }
}
