// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.auto;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.AnytimeSearch;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.FirstFitConstruction;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.ProvingSearch;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * As much effort as the occasion is worth. A placement that somebody waits for (a deployment, a lost cluster, replicas that do not fit)
 * comes soon: small problems are solved to the proof, large ones as far as a bounded part of the work goes. One that shall be better
 * than the present one (a re-placement, a plan) may use the whole budget. Where all placements cost the same, it is the first one in the
 * order of cluster names, as of {@code first-fit}.
 */
@Component(
        property = {
            PlacementStrategy.ID + "=auto",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS,
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class AutoStrategy implements PlacementStrategy {

    /** Reasons for which nobody waits: what runs goes on running. */
    private static final Set<DecisionReason> NOT_URGENT =
            EnumSet.of(DecisionReason.REPLACE, DecisionReason.PLAN, DecisionReason.IMPROVE);

    /** Some milliseconds. */
    private static final long URGENT_UNITS = 10_000;

    /** A graph of a few services costs no more for it, and one of 30 is worth some 50 ms. */
    private static final long URGENT_UNITS_PER_PAIR_OF_ITEMS = 500;

    private static final long MOST_URGENT_UNITS_OF_PAIRS = 500_000;

    private static final long URGENT_UNITS_PER_ITEM = 20;

    /** Pairs of service and cluster up to which a proof is worth more units: on a tight one the repair alone takes more than the others. */
    private static final int FEW_BINARIES = 150;

    private static final long URGENT_UNITS_OF_FEW = 100_000;

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        WorkBudget work = new WorkBudget(context);
        return RequestProblem.solve(request, work, read -> place(read, context, work));
    }

    private static PlacementResult place(RequestProblem read, DecisionContext context, WorkBudget work) {
        Incumbent incumbent = new Incumbent();
        AnswerBuilder answer = new AnswerBuilder(read, incumbent, work);
        return answer.trivial()
                .or(() -> firstOfEquals(read, answer))
                .orElseGet(() -> search(read, context, work, incumbent, answer));
    }

    private static Optional<PlacementResult> firstOfEquals(RequestProblem read, AnswerBuilder answer) {
        return read.problem().objective().isConstant()
                ? new FirstFitConstruction(read.problem()).build().map(answer::anyOfEquals)
                : Optional.empty();
    }

    private static PlacementResult search(
            RequestProblem read, DecisionContext context, WorkBudget work, Incumbent incumbent, AnswerBuilder answer) {
        boolean urgent = !NOT_URGENT.contains(read.request().reason());
        WorkBudget part = urgent ? work.part(urgentUnits(read.problem())) : work;
        ProvingSearch search = new ProvingSearch(read.problem(), incumbent, context.seed(), part);
        boolean proven = search.run();
        boolean settled = proven && incumbent.exists() && search.settleTie();
        boolean more = true;
        if (urgent) {
            work.add(part.units());
            // the part ends by the end of the work, too
            more = work.spend(1);
        }
        boolean ended = part.ended() && !(urgent && more);
        if (urgent && more && !proven && !incumbent.exists()) {
            search = new ProvingSearch(read.problem(), incumbent, context.seed(), work);
            proven = search.run();
            settled = proven && incumbent.exists() && search.settleTie();
            ended = work.ended();
        }
        AnytimeSearch anytime = search.anytime();
        if (proven) {
            return incumbent.exists()
                    ? answer.proven(settled, anytime.evidence())
                    : answer.provenInfeasible(anytime.stuck());
        }
        if (anytime.isProvenInCost()) {
            return answer.proven(false, anytime.evidence());
        }
        return answer.unproven(
                stop(urgent, ended), anytime.bound(), anytime.evidence(), anytime.stuck(), reason(urgent, ended));
    }

    private static long urgentUnits(AssignmentProblem problem) {
        if (problem.binaries() <= FEW_BINARIES) {
            return URGENT_UNITS_OF_FEW;
        }
        long items = problem.items();
        long ofPairs = Math.min(MOST_URGENT_UNITS_OF_PAIRS, URGENT_UNITS_PER_PAIR_OF_ITEMS * items * items);
        return URGENT_UNITS + URGENT_UNITS_PER_ITEM * items + ofPairs;
    }

    private static StopReason stop(boolean urgent, boolean ended) {
        if (ended) {
            return StopReason.BUDGET;
        }
        return urgent ? StopReason.GOOD_ENOUGH : StopReason.FINISHED;
    }

    private static String reason(boolean urgent, boolean ended) {
        if (ended) {
            return "the best within the budget";
        }
        return urgent ? "good enough to begin with" : "nothing better found for several rounds";
    }
}
