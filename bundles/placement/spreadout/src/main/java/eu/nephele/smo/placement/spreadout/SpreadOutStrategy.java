// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.spreadout;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.FreeShareRule;
import org.osgi.service.component.annotations.Component;

/**
 * The largest service first, each to the cluster on which most capacity stays free, so that every cluster has room for more load. Among
 * equals the cheaper cluster, then the first by name. Services that must be together choose as one.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=spread-out",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class SpreadOutStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        return FreeShareRule.MOST.place(request, context);
    }
}
