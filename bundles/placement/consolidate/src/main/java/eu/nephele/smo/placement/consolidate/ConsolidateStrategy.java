// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.consolidate;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import org.osgi.service.component.annotations.Component;

/**
 * Few and clean clusters: first as few as possible on which nothing runs yet, then the least carbon emissions, then the costs of the
 * request. Small problems are solved to the proof.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=consolidate",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS,
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class ConsolidateStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        WorkBudget work = new WorkBudget(context);
        return RequestProblem.solve(request, work, read -> place(read, context, work));
    }

    private static PlacementResult place(RequestProblem read, DecisionContext context, WorkBudget work) {
        Incumbent incumbent = new Incumbent();
        AnswerBuilder answer = new AnswerBuilder(read, incumbent, work);
        return answer.trivial()
                .orElseGet(() -> new ConsolidateSearch(read, incumbent, context.seed(), work).run(answer));
    }
}
