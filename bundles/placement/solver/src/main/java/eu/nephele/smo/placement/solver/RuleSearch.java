// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.placement.solver.PlacementObstacles.ChoiceReason;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Places by a rule. Where an item finds no cluster, even by sending one other elsewhere, any placement counts: by backtracking, which is
 * complete on small problems, by a repair of what the rule has placed, and at last the first cluster with room for each. Used once.
 */
public final class RuleSearch {

    /** Pairs of item and allowed cluster up to which backtracking comes before the repair. */
    private static final int MOST_BINARIES_TO_BACKTRACK = 1_000;

    private final RequestProblem read;
    private final AssignmentProblem problem;
    private final PlacementObstacles obstacles;
    private final RuleProgress state;
    private final RuleConstruction construction;
    private final WorkBudget work;
    private final long seed;

    public RuleSearch(RequestProblem read, PlacementRule rule, DecisionContext context) {
        this.read = read;
        this.problem = read.problem();
        this.obstacles = new PlacementObstacles(read);
        this.state = new RuleProgress(read);
        this.work = new WorkBudget(context);
        this.construction = new RuleConstruction(read, state, rule, work);
        this.seed = context.seed();
    }

    /** Places the items in this order. */
    public PlacementResult inOrder(int[] order) {
        return noCluster().orElseGet(() -> answer(construction.inOrder(order), order));
    }

    /**
     * Places the items in this order, with reasons against the clusters that are not chosen for them.
     *
     * @param reason is asked where all was as the rule says
     */
    public PlacementResult inOrder(int[] order, ChoiceReason reason) {
        PlacementResult result = inOrder(order);
        boolean byRule =
                result instanceof Placed placed && placed.quality().note().isEmpty() && !construction.hasEjected();
        return byRule
                ? new Placed(
                        ((Placed) result).placement(),
                        ((Placed) result).quality(),
                        obstacles.rejected(order, state.at(), reason))
                : result;
    }

    /** Places the item next that would lose most with its second best cluster; this order decides among equals. */
    public PlacementResult byRegret(int[] order) {
        return noCluster().orElseGet(() -> answer(construction.byRegret(order), order));
    }

    private Optional<PlacementResult> noCluster() {
        return problem.items > 0 && problem.clusters == 0
                ? Optional.of(read.infeasible(0, "", Optional.of("no available cluster")))
                : Optional.empty();
    }

    private PlacementResult answer(int stuck, int[] order) {
        if (stuck == AssignmentProblem.NOWHERE) {
            return placed(state.at(), "");
        }
        Map<String, Map<ClusterId, String>> reasons = obstacles.against(state, stuck, "");
        return (problem.hasHomelessItem() ? Optional.<PlacementResult>empty() : otherwise(order))
                .orElseGet(() -> new Infeasible(reasons, Optional.empty()));
    }

    private Optional<PlacementResult> otherwise(int[] order) {
        BacktrackingSearch backtracking = new BacktrackingSearch(read, work);
        boolean small = problem.binaries() <= MOST_BINARIES_TO_BACKTRACK;
        if (small) {
            Optional<PlacementResult> found = backtracked(backtracking);
            if (found.isPresent() || !backtracking.gaveUp()) {
                return found;
            }
        }
        return new RuleRepair(problem, state, construction, seed, work)
                .run(order)
                .map(at -> placed(at, "found by a repair"))
                .or(() -> small ? Optional.empty() : backtracked(backtracking))
                .or(() -> new FirstFitConstruction(problem)
                        .build()
                        .map(at -> placed(at, "each service on the first cluster with room, nothing else was found")));
    }

    private Optional<PlacementResult> backtracked(BacktrackingSearch backtracking) {
        return backtracking.run().map(at -> placed(at, "found by backtracking"));
    }

    private PlacementResult placed(int[] at, String note) {
        return new Placed(
                read.placement(at),
                new Quality(StopReason.FINISHED, OptionalLong.empty(), OptionalLong.of(work.units()), note));
    }
}
