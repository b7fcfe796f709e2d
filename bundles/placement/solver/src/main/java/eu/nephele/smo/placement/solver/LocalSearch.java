// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * Improves a feasible assignment by the best shift or swap of one item after the other, until none helps. With many
 * items only shifts are tried.
 */
final class LocalSearch {

    private static final int MOST_ITEMS_TO_SWAP = 200;
    private static final int TRIES_PER_UNIT = 8;

    private final AssignmentProblem problem;
    private final Assignment state;
    private final long unitsPerItem;
    private final WorkBudget workBudget;
    private long[] vector;
    private long[] bestVector = {};
    private int bestCluster;
    private int bestPartner;

    LocalSearch(Assignment feasible, WorkBudget workBudget) {
        this.problem = feasible.problem;
        this.state = feasible;
        this.workBudget = workBudget;
        this.vector = problem.vector(feasible.at);
        int partners = problem.items <= MOST_ITEMS_TO_SWAP ? problem.items : 0;
        this.unitsPerItem = 1 + ((long) problem.clusters + partners) / TRIES_PER_UNIT;
    }

    /** Leaves the result in the state. */
    void run() {
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int item = 0; item < problem.items; item++) {
                if (!workBudget.spend(unitsPerItem)) {
                    return;
                }
                improved |= improve(item);
            }
        }
    }

    private boolean improve(int item) {
        bestVector = vector;
        bestCluster = state.at[item];
        bestPartner = Assignment.NOWHERE;
        int from = state.take(item);
        long[] without = vector.clone();
        state.takeFrom(without, item, from);
        tryShifts(item, from, without);
        if (problem.items <= MOST_ITEMS_TO_SWAP) {
            trySwaps(item, from, without);
        }
        if (bestPartner != Assignment.NOWHERE) {
            state.take(bestPartner);
            state.put(bestPartner, from);
        }
        state.put(item, bestCluster);
        boolean improved = bestCluster != from;
        vector = bestVector;
        return improved;
    }

    private void tryShifts(int item, int from, long[] without) {
        for (int to = 0; to < problem.clusters; to++) {
            if (to != from && state.admits(item, to)) {
                long[] candidate = without.clone();
                state.addTo(candidate, item, to);
                offer(candidate, to, Assignment.NOWHERE);
            }
        }
    }

    private void trySwaps(int item, int from, long[] without) {
        for (int partner = 0; partner < problem.items; partner++) {
            int to = state.at[partner];
            boolean possible = to != Assignment.NOWHERE && to != from && problem.allowed[item * problem.clusters + to];
            if (possible && problem.allowed[partner * problem.clusters + from] && state.hasRoom(partner, from)) {
                trySwap(item, partner, from, to, without);
            }
        }
    }

    private void trySwap(int item, int partner, int from, int to, long[] without) {
        state.take(partner);
        if (state.admits(partner, from)) {
            long[] candidate = without.clone();
            state.takeFrom(candidate, partner, to);
            state.addTo(candidate, partner, from);
            state.put(partner, from);
            if (state.admits(item, to)) {
                state.addTo(candidate, item, to);
                offer(candidate, to, partner);
            }
            state.take(partner);
        }
        state.put(partner, to);
    }

    private void offer(long[] candidate, int cluster, int partner) {
        if (Arrays.compare(candidate, bestVector) < 0) {
            bestVector = candidate;
            bestCluster = cluster;
            bestPartner = partner;
        }
    }
}
