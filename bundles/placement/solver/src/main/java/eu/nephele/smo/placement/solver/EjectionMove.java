// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Makes room for an item that fits nowhere: one other item leaves its cluster for another one, at the least cost together. */
final class EjectionMove {

    private static final int NOWHERE = AssignmentProblem.NOWHERE;

    /** Pairs of leaver and cluster for one unit of work. */
    private static final int PAIRS_PER_UNIT = 128;

    private final AssignmentProblem problem;
    private final RuleProgress state;
    private final WorkBudget work;
    private long least;
    private int bestLeaver;
    private int bestTo;
    private int bestCluster;
    private int moves;

    EjectionMove(AssignmentProblem problem, RuleProgress state, WorkBudget work) {
        this.problem = problem;
        this.state = state;
        this.work = work;
    }

    /** Returns how often room was made. */
    int moves() {
        return moves;
    }

    /** @return whether the item is placed now; if not, nothing has changed */
    boolean makeRoom(int item) {
        if (!work.spend(1 + (long) problem.items * problem.clusters / PAIRS_PER_UNIT)) {
            return false;
        }
        least = Long.MAX_VALUE;
        bestLeaver = NOWHERE;
        for (int leaver = 0; leaver < problem.items; leaver++) {
            int cluster = state.clusterOf(leaver);
            if (cluster != NOWHERE && problem.allowed(item, cluster)) {
                state.take(leaver);
                if (state.admits(item, cluster)) {
                    tryAll(item, leaver, cluster);
                }
                state.put(leaver, cluster);
            }
        }
        if (bestLeaver == NOWHERE) {
            return false;
        }
        state.take(bestLeaver);
        state.put(item, bestCluster);
        state.put(bestLeaver, bestTo);
        moves++;
        return true;
    }

    /** Looks for the cheapest cluster of the leaver, which is unplaced, beside the item in its place. */
    private void tryAll(int item, int leaver, int cluster) {
        long cost = state.cost(item, cluster) - state.cost(leaver, cluster);
        state.put(item, cluster);
        for (int to = 0; to < problem.clusters; to++) {
            if (to != cluster && state.admits(leaver, to)) {
                long together = cost + state.cost(leaver, to);
                if (bestLeaver == NOWHERE || together < least) {
                    least = together;
                    bestLeaver = leaver;
                    bestTo = to;
                    bestCluster = cluster;
                }
            }
        }
        state.take(item);
    }
}
