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

    /** Some milliseconds, in which all but tight problems have a first placement. */
    private static final long FIRST_UNITS = 10_000;

    private static final long FIRST_UNITS_PER_ITEM = 20;

    /** Pairs of service and cluster up to which a proof is worth more units: on a tight one the repair alone takes more than the others. */
    private static final int FEW_BINARIES = 150;

    private static final long FIRST_UNITS_OF_FEW = 100_000;

    /** A better first placement of many services saves moves later; a graph of a few is not worth a second search. */
    private static final int MANY_ITEMS = 15;

    private static final long BETTER_UNITS_PER_PAIR_OF_ITEMS = 500;

    /** Some 50 ms. */
    private static final long MOST_BETTER_UNITS = 500_000;

    private record Attempt(ProvingSearch search, boolean proven, boolean settled, boolean ended) {}

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
        Attempt attempt = urgent
                ? soon(read.problem(), context, work, incumbent)
                : attempt(read.problem(), context, work, incumbent);
        AnytimeSearch anytime = attempt.search().anytime();
        if (attempt.proven()) {
            return incumbent.exists()
                    ? answer.proven(attempt.settled(), anytime.evidence())
                    : answer.provenInfeasible(anytime.stuck());
        }
        if (anytime.isProvenInCost()) {
            return answer.proven(false, anytime.evidence());
        }
        boolean ended = attempt.ended();
        return answer.unproven(
                stop(urgent, ended), anytime.bound(), anytime.evidence(), anytime.stuck(), reason(urgent, ended));
    }

    /** A first placement, whatever that takes, and then a bounded part of the work for a better one. */
    private static Attempt soon(
            AssignmentProblem problem, DecisionContext context, WorkBudget work, Incumbent incumbent) {
        Attempt first = part(problem, context, work, incumbent, firstUnits(problem));
        if (first.proven() || first.ended()) {
            return first;
        } else if (!incumbent.exists()) {
            return attempt(problem, context, work, incumbent);
        }
        Attempt better =
                problem.items() < MANY_ITEMS ? first : part(problem, context, work, incumbent, betterUnits(problem));
        return better.proven()
                        || better.search().anytime().bound()
                                >= first.search().anytime().bound()
                ? better
                : new Attempt(first.search(), false, false, better.ended());
    }

    /** A search with so many units at most; it has ended if the whole work has. */
    private static Attempt part(
            AssignmentProblem problem, DecisionContext context, WorkBudget work, Incumbent incumbent, long units) {
        WorkBudget part = work.part(units);
        Attempt attempt = attempt(problem, context, part, incumbent);
        work.add(part.units());
        // the part ends by the end of the work, too
        boolean more = work.spend(1);
        return new Attempt(attempt.search(), attempt.proven(), attempt.settled(), !more);
    }

    private static Attempt attempt(
            AssignmentProblem problem, DecisionContext context, WorkBudget work, Incumbent incumbent) {
        ProvingSearch search = new ProvingSearch(problem, incumbent, context.seed(), work);
        boolean proven = search.run();
        boolean settled = proven && incumbent.exists() && search.settleTie();
        return new Attempt(search, proven, settled, work.ended());
    }

    private static long firstUnits(AssignmentProblem problem) {
        long units = FIRST_UNITS + FIRST_UNITS_PER_ITEM * problem.items();
        return problem.binaries() <= FEW_BINARIES ? Math.max(FIRST_UNITS_OF_FEW, units) : units;
    }

    private static long betterUnits(AssignmentProblem problem) {
        long items = problem.items();
        return Math.min(MOST_BETTER_UNITS, BETTER_UNITS_PER_PAIR_OF_ITEMS * items * items);
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
