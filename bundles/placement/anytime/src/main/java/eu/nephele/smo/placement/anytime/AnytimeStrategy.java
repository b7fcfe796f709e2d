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
import eu.nephele.smo.placement.solver.BranchAndBound;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * A good placement soon and a better one with more time, for problems of every size, with its distance from a lower bound. Small
 * problems are solved to the proof.
 */
@Component(
        property = {PlacementStrategy.ID + "=anytime", PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS})
public final class AnytimeStrategy implements PlacementStrategy {

    /** Pairs of service and allowed cluster up to which a proof is tried first. */
    private static final int MOST_BINARIES_TO_PROVE = 1_000;

    private static final long FIRST_NODES = 2_000;
    private static final long NODES = 1_000_000;
    private static final int IDLE_ROUNDS = 6;

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        RequestProblem read = RequestProblem.from(request);
        AssignmentProblem problem = read.problem();
        WorkBudget work = new WorkBudget(context);
        Incumbent incumbent = new Incumbent();
        AnswerBuilder answer = new AnswerBuilder(read, incumbent, work);
        if (problem.clusters() == 0) {
            return answer.withoutClusters();
        }
        if (problem.hasHomelessItem()) {
            return answer.fitsNowhere();
        }
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, context.seed(), work);
        search.begin();
        boolean small = problem.binaries() <= MOST_BINARIES_TO_PROVE;
        boolean complete = small && search.exact().improve(incumbent, FIRST_NODES);
        if (!complete) {
            search.improve(IDLE_ROUNDS);
            complete = small && search.exact().improve(incumbent, NODES);
        }
        if (complete) {
            return incumbent.exists()
                    ? answer.proven(settleTie(search.exact(), problem, incumbent))
                    : answer.provenInfeasible(search.stuck());
        }
        if (search.isProvenInCost()) {
            return answer.proven(false);
        }
        return work.ended()
                ? answer.unproven(StopReason.BUDGET, search.bound(), search.stuck(), "the best within the budget")
                : answer.unproven(
                        StopReason.FINISHED, search.bound(), search.stuck(), "nothing better found for several rounds");
    }

    private static boolean settleTie(BranchAndBound exact, AssignmentProblem problem, Incumbent incumbent) {
        Optional<int[]> first = exact.firstInOrder(incumbent.vector(), incumbent.at(), FIRST_NODES);
        first.ifPresent(at -> incumbent.offer(at, problem.vector(at)));
        return first.isPresent();
    }
}
