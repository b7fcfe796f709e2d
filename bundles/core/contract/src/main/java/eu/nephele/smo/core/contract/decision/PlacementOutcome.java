// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A placement decision with everything that explains it.
 *
 * @param request the problem, with costs
 * @param result the answer; a {@code Placed} was checked and breaks no rule
 * @param decidedBy who answered
 * @param fallback whether another strategy than the wished one answered
 * @param faults what went wrong on the way
 * @param effective effective values and their sources: what was wished and, when another one decided in its stead, the parameters
 *     of that one; see {@link DecisionParameters}
 * @param terms what each objective contributed to the chosen placement; empty when infeasible
 * @param seed seed of the decision
 * @param at when
 * @param duration how long it took
 */
public record PlacementOutcome(
        PlacementRequest request,
        PlacementResult result,
        StrategyRef decidedBy,
        boolean fallback,
        List<StrategyFault> faults,
        List<EffectiveValue> effective,
        List<ObjectiveTerm> terms,
        long seed,
        Instant at,
        Duration duration) {

    public PlacementOutcome {
        faults = List.copyOf(faults);
        effective = List.copyOf(effective);
        terms = List.copyOf(terms);
    }
}
