// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.AnytimeSearch;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.Evidence;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.Optional;

/** Solves one request. Used once. */
final class SolveRun {

    private static final int LINKS_PER_BINARY = 4;
    private static final int FEW_NODES = 300;
    private static final int FIRST_NODES = 5000;
    private static final int KNAPSACK_UNITS_PER_NODE = 20;
    private static final int IDLE_ROUNDS = 4;

    private final DecisionContext context;
    private final int maxBinaries;
    private final int maxNodes;
    private final SolverThreads threads;
    private final AssignmentProblem problem;
    private final WorkBudget workBudget;
    private final Incumbent incumbent = new Incumbent();
    private final AnswerBuilder answer;

    SolveRun(
            RequestProblem read,
            DecisionContext context,
            WorkBudget workBudget,
            int maxBinaries,
            int maxNodes,
            SolverThreads threads) {
        this.context = context;
        this.maxBinaries = maxBinaries;
        this.maxNodes = maxNodes;
        this.threads = threads;
        this.problem = read.problem();
        this.workBudget = workBudget;
        this.answer = new AnswerBuilder(read, incumbent, workBudget);
    }

    PlacementResult find() {
        return answer.trivial().orElseGet(this::search);
    }

    private PlacementResult search() {
        AnytimeSearch anytime = new AnytimeSearch(problem, incumbent, context.seed(), workBudget);
        anytime.begin();
        if (problem.binaries() > maxBinaries) {
            anytime.improve(IDLE_ROUNDS);
            if (anytime.isProvenInCost()) {
                return answer.proven(false, anytime.evidence());
            }
            return answer.unproven(
                    StopReason.TOO_LARGE,
                    anytime.bound(),
                    anytime.evidence(),
                    anytime.stuck(),
                    "too large for a proof");
        }
        if (!search(anytime)) {
            return solve(anytime);
        }
        return incumbent.exists()
                ? answer.proven(anytime.settleTie(maxNodes), anytime.evidence())
                : answer.provenInfeasible(anytime.stuck());
    }

    /** A short search solves most problems; for the others prices, and then a better incumbent, are worth their time. */
    private boolean search(AnytimeSearch anytime) {
        if (anytime.prove(Math.min(maxNodes, FEW_NODES))) {
            return true;
        }
        anytime.price();
        if (maxNodes > 0 && (anytime.isProven() || anytime.prove(Math.min(maxNodes, FIRST_NODES)))) {
            return true;
        }
        anytime.improve(IDLE_ROUNDS);
        return maxNodes > 0
                && (anytime.proveByKnapsacks((long) KNAPSACK_UNITS_PER_NODE * maxNodes) || anytime.prove(maxNodes));
    }

    private PlacementResult solve(AnytimeSearch anytime) {
        long bound = anytime.bound();
        Evidence evidence = anytime.evidence();
        int stuck = anytime.stuck();
        boolean fits = ZeroOneProgram.links(problem) <= (long) LINKS_PER_BINARY * maxBinaries;
        Optional<SolverRun.SolverStage> stage = fits && workBudget.left() > 0 ? runSolver() : Optional.empty();
        workBudget.add(stage.map(SolverRun.SolverStage::count).orElse(0L));
        if (stage.isEmpty()) {
            if (maxNodes > 0 && anytime.isProvenInCost()) {
                return answer.proven(false, evidence);
            }
            return answer.unproven(StopReason.BUDGET, bound, evidence, stuck, "no proof within the budget");
        }
        int[] at = stage.get().at().stream().mapToInt(Integer::intValue).toArray();
        incumbent.offer(at, problem.vector(at));
        // one stage for each level, in their order
        boolean costsProven = stage.get().complete()
                || stage.get().count() >= problem.objective().costLevels();
        return costsProven
                ? answer.proven(stage.get().complete(), evidence)
                : answer.unproven(
                        StopReason.BUDGET,
                        stage.get().leastCost().orElse(bound),
                        evidence,
                        stuck,
                        "proven in the first level only");
    }

    private Optional<SolverRun.SolverStage> runSolver() {
        SolverRun run = new SolverRun(
                problem, new ZeroOneProgram(problem, context.remainingMillis()), incumbent.vector(), workBudget.left());
        Optional<Thread> thread = threads.start(run);
        Optional<SolverRun.SolverStage> stage = thread.flatMap(started -> run.await(context));
        thread.ifPresent(Thread::interrupt);
        return stage;
    }
}
