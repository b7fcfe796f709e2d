// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.anytime;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.AnytimeSearch;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import org.osgi.service.component.annotations.Component;

/**
 * A good placement soon and a better one with more time, for problems of every size, with its distance from a lower bound. Small
 * problems are solved to the proof.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=anytime",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS,
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class AnytimeStrategy implements PlacementStrategy {

    /** Pairs of service and allowed cluster up to which a proof is tried first. */
    private static final int MOST_BINARIES_TO_PROVE = 1_000;

    private static final long FEW_NODES = 300;
    private static final long FIRST_NODES = 2_000;
    private static final long NODES = 1_000_000;
    private static final int IDLE_ROUNDS = 6;

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        WorkBudget work = new WorkBudget(context);
        return RequestProblem.solve(request, read -> place(read, context, work));
    }

    private static PlacementResult place(RequestProblem read, DecisionContext context, WorkBudget work) {
        Incumbent incumbent = new Incumbent();
        AnswerBuilder answer = new AnswerBuilder(read, incumbent, work);
        return answer.trivial().orElseGet(() -> {
            AnytimeSearch search = new AnytimeSearch(read.problem(), incumbent, context.seed(), work);
            return place(search, read.problem(), incumbent, work, answer);
        });
    }

    private static PlacementResult place(
            AnytimeSearch search,
            AssignmentProblem problem,
            Incumbent incumbent,
            WorkBudget work,
            AnswerBuilder answer) {
        search.begin();
        boolean small = problem.binaries() <= MOST_BINARIES_TO_PROVE;
        boolean complete = small && search.prove(FEW_NODES);
        if (!complete) {
            search.price();
            complete = small && search.prove(FIRST_NODES);
        }
        if (!complete) {
            search.improve(IDLE_ROUNDS);
            complete = small && search.prove(NODES);
        }
        if (complete) {
            return incumbent.exists()
                    ? answer.proven(search.settleTie(FIRST_NODES), search.evidence())
                    : answer.provenInfeasible(search.stuck());
        }
        if (search.isProvenInCost()) {
            return answer.proven(false, search.evidence());
        }
        return work.ended()
                ? answer.unproven(
                        StopReason.BUDGET,
                        search.bound(),
                        search.evidence(),
                        search.stuck(),
                        "the best within the budget")
                : answer.unproven(
                        StopReason.FINISHED,
                        search.bound(),
                        search.evidence(),
                        search.stuck(),
                        "nothing better found for several rounds");
    }
}
