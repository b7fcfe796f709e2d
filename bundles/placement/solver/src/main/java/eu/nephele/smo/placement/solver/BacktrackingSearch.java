// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Searches for any assignment, cheap clusters first, the item with the fewest clusters left next. Complete on small problems; gives up
 * after a fixed number of steps or at the end of the work. Used once.
 */
final class BacktrackingSearch {

    private static final long MOST_STEPS = 5_000;

    private final AssignmentProblem problem;
    private final RuleProgress state;
    private final WorkBudget work;
    private long steps;
    private boolean gaveUp;

    BacktrackingSearch(RequestProblem read, WorkBudget work) {
        this.problem = read.problem();
        this.state = new RuleProgress(read);
        this.work = work;
    }

    /** @return a complete assignment; empty if none exists or the search gave up */
    Optional<int[]> run() {
        return descend(0) ? Optional.of(state.at()) : Optional.empty();
    }

    /** Returns whether it ended before everything was tried. */
    boolean gaveUp() {
        return gaveUp;
    }

    private boolean descend(int depth) {
        if (depth == problem.items) {
            return true;
        }
        if (steps++ >= MOST_STEPS || !work.spend(1)) {
            gaveUp = true;
            return false;
        }
        int next = AssignmentProblem.NOWHERE;
        int fewest = Integer.MAX_VALUE;
        for (int item = 0; item < problem.items && fewest > 0; item++) {
            if (state.clusterOf(item) == AssignmentProblem.NOWHERE) {
                int clusters = admitting(item, fewest);
                if (clusters < fewest) {
                    next = item;
                    fewest = clusters;
                }
            }
        }
        return tryAll(next, depth);
    }

    private boolean tryAll(int item, int depth) {
        int[] byCost = IntStream.range(0, problem.clusters)
                .filter(cluster -> state.admits(item, cluster))
                .boxed()
                .sorted(Comparator.comparingLong((Integer cluster) -> state.cost(item, cluster)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int cluster : byCost) {
            state.put(item, cluster);
            if (descend(depth + 1)) {
                return true;
            }
            state.take(item);
            if (gaveUp) {
                return false;
            }
        }
        return false;
    }

    /** Number of clusters that admit the item; it counts no further than to a limit. */
    private int admitting(int item, int limit) {
        int count = 0;
        for (int cluster = 0; cluster < problem.clusters && count < limit; cluster++) {
            count += state.admits(item, cluster) ? 1 : 0;
        }
        return count;
    }
}
