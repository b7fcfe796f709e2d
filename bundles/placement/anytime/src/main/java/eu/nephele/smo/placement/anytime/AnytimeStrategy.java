// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.AnytimeSearch;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.ProvingSearch;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import org.osgi.service.component.annotations.Component;

/**
 * A good placement soon and a better one with more time, for problems of every size, with its distance from a lower bound. Small
 * problems are solved to the proof; what is not proven is looked for as long as there is time.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=anytime",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS,
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class AnytimeStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        WorkBudget work = new WorkBudget(context);
        return RequestProblem.solve(request, work, read -> place(read, context, work));
    }

    private static PlacementResult place(RequestProblem read, DecisionContext context, WorkBudget work) {
        Incumbent incumbent = new Incumbent();
        AnswerBuilder answer = new AnswerBuilder(read, incumbent, work);
        return answer.trivial().orElseGet(() -> {
            ProvingSearch search = new ProvingSearch(read.problem(), incumbent, context.seed(), work);
            return place(search, incumbent, work, answer);
        });
    }

    private static PlacementResult place(
            ProvingSearch search, Incumbent incumbent, WorkBudget work, AnswerBuilder answer) {
        AnytimeSearch anytime = search.anytime();
        if (search.runToTheEnd()) {
            return incumbent.exists()
                    ? answer.proven(search.settleTie(), anytime.evidence())
                    : answer.provenInfeasible(anytime.stuck());
        }
        if (anytime.isProvenInCost()) {
            return answer.proven(false, anytime.evidence());
        }
        boolean ended = work.ended();
        return answer.unproven(
                ended ? StopReason.BUDGET : StopReason.FINISHED,
                anytime.bound(),
                anytime.evidence(),
                anytime.stuck(),
                ended ? "the best within the budget" : "nothing better found for several rounds");
    }
}
