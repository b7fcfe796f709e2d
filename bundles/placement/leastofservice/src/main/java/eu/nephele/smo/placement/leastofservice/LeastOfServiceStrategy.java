// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.leastofservice;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.FewestReplicasRule;
import org.osgi.service.component.annotations.Component;

/**
 * Each replica of a divided service on the cluster with room that has the fewest of its service, among equals on that of the larger weight,
 * then the first by name: the rule of simple container autoscalers. What is there stays as far as it may. Ignores costs.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=least-of-this-service",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class LeastOfServiceStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        return new FewestReplicasRule().place(request, context);
    }
}
