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
 * @param decidedBy the strategy that answered
 * @param fallback whether another strategy than the selected one answered
 * @param faults faults before the answer
 * @param effective effective values and their sources: the selection and, when a fallback decided, its parameters; see
 *     {@link DecisionParameters}
 * @param terms contributions of objectives to the chosen placement; empty when infeasible
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
