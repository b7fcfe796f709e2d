// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import java.util.List;

record PricedProblem(PlacementRequest request, List<PricedObjective> objectives) {
    PricedProblem {
        objectives = List.copyOf(objectives);
    }

    List<ObjectiveTerm> terms(Placement placement) {
        return objectives.stream().map(objective -> objective.term(placement)).toList();
    }
}
