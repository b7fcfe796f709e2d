// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.greedy.GreedyParameters.ServiceOrder;
import eu.nephele.smo.placement.solver.LeastCostRule;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.RuleSearch;
import org.osgi.service.component.annotations.Component;

/**
 * Cost-driven placement, fast and without a guarantee. One service after the other goes to the cluster where it adds the least
 * cost: its own, the opening of an unused cluster, and the traffic to services that are placed already; among equals
 * the cluster of which this decision uses most CPU, then the first by name. Services that must be together choose as one. A
 * service without room may send one other elsewhere; where that does not help, any placement counts.
 */
@Component(
        property = {PlacementStrategy.ID + "=greedy", PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS})
public final class GreedyStrategy implements PlacementStrategy {

    @Override
    public Class<? extends Record> parametersType() {
        return GreedyParameters.class;
    }

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        ServiceOrder order = context.parameters(GreedyParameters.class).order();
        return RequestProblem.solve(request, read -> place(read, order, context));
    }

    private static PlacementResult place(RequestProblem read, ServiceOrder order, DecisionContext context) {
        RuleSearch search = new RuleSearch(read, new LeastCostRule(), context);
        return switch (order) {
            case REGRET -> search.byRegret(read.largestFirst());
            case DEMAND -> search.inOrder(read.largestFirst());
            case DESCRIPTOR -> search.inOrder(read.asWritten());
        };
    }
}
