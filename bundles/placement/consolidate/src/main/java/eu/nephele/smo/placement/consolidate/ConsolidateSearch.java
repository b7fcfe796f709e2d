// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.consolidate;

import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.placement.solver.AnswerBuilder;
import eu.nephele.smo.placement.solver.Incumbent;
import eu.nephele.smo.placement.solver.PreferredLevel;
import eu.nephele.smo.placement.solver.ProvingSearch;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import java.util.List;

/**
 * Searches the whole objective for a part of the work, then, without a proof, the least carbon and cost on the clusters that are used then.
 * Used once.
 */
final class ConsolidateSearch {

    private static final long LEAST_FIRST_UNITS = 200_000;
    private static final long FIRST_UNITS_PER_ITEM = 2_000;

    private final RequestProblem read;
    private final Incumbent incumbent;
    private final long seed;
    private final WorkBudget work;
    private final PreferredLevel opened;
    private final PreferredLevel carbon;
    private final RequestProblem whole;

    /** @param read each item of it is allowed somewhere */
    ConsolidateSearch(RequestProblem read, Incumbent incumbent, long seed, WorkBudget work) {
        GreenLevels levels = new GreenLevels(read);
        this.read = read;
        this.incumbent = incumbent;
        this.seed = seed;
        this.work = work;
        this.opened = levels.opened();
        this.carbon = levels.carbon();
        this.whole = read.preferring(List.of(opened, carbon));
    }

    PlacementResult run(AnswerBuilder answer) {
        WorkBudget part = work.part(Math.max(
                LEAST_FIRST_UNITS, FIRST_UNITS_PER_ITEM * read.problem().items()));
        ProvingSearch first = new ProvingSearch(whole.problem(), incumbent, seed, part);
        boolean proven = first.run();
        int stuck = first.anytime().stuck();
        if (proven && incumbent.exists()) {
            first.settleTie();
        }
        work.add(part.units());
        if (proven) {
            return incumbent.exists()
                    ? answer.withoutBound(StopReason.FINISHED, opened() + ", then least carbon and cost", true)
                    : answer.provenInfeasible(stuck);
        }
        if (!incumbent.exists()) {
            return answer.notFound(stuck, "no placement found within the budget");
        }
        if (work.spend(1)) {
            improveOnUsedClusters();
        }
        return answer.withoutBound(work.ended() ? StopReason.BUDGET : StopReason.FINISHED, opened(), false);
    }

    private void improveOnUsedClusters() {
        boolean[] usable = new boolean[read.problem().clusters()];
        for (int c = 0; c < usable.length; c++) {
            usable[c] = opened.open(c) == 0;
        }
        for (int cluster : incumbent.at()) {
            usable[cluster] = true;
        }
        RequestProblem rest = read.preferring(List.of(carbon)).onlyOn(usable);
        Incumbent second = new Incumbent();
        second.offer(incumbent.at(), rest.problem().vector(incumbent.at()));
        new ProvingSearch(rest.problem(), second, seed, work).run();
        incumbent.offer(second.at(), whole.problem().vector(second.at()));
    }

    private String opened() {
        long count = incumbent.vector()[0];
        return count == 1 ? "opens 1 cluster" : "opens %d clusters".formatted(count);
    }
}
