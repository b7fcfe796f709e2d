// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.List;

/**
 * A decision that is explained, for one of its services.
 *
 * @param service index in the request; the placement has it
 */
record DecidedPlacement(
        DecisionRecord record, PlacementRequest request, Placement placement, List<Priced> priced, int service) {

    PlacementService explained() {
        return request.services().get(service);
    }

    /** Returns the shares of the service; one unless it is divided. */
    List<Share> shares() {
        return placement.of(explained().id());
    }

    /** Returns what a placement of the whole graph costs: the sum of all objectives, each times what it counts. */
    double cost(Placement of) {
        PlacementCost cost = new PlacementCost(request, of);
        return priced.stream()
                .mapToDouble(objective -> objective.factor() * cost.compute(objective))
                .sum();
    }
}
