// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Map;

/**
 * Decides placements: selects the strategy, lets the objectives price the problem, guards the call, checks the answer,
 * falls back where needed. Always answers; the last fallback is infeasible for want of any strategy.
 */
public interface PlacementDecider {

    /**
     * @param request the problem, without costs
     * @param wishes selections of strategies and weights with their origins, most important first
     * @param intentWeights weights of intents, below explicit selections
     */
    PlacementOutcome decide(
            PlacementRequest request, List<SourcedSelection> wishes, Map<String, ObjectiveWeight> intentWeights);
}
