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
    private final long[] vector;
    private final long[] bestVector;

    /** Of all but the item that is examined. */
    private final long[] without;

    private final long[] candidate;
    private int bestCluster;
    private int bestPartner;

    LocalSearch(Assignment feasible, WorkBudget workBudget) {
        this.problem = feasible.problem;
        this.state = feasible;
        this.workBudget = workBudget;
        this.vector = problem.vector(feasible.at);
        this.bestVector = vector.clone();
        this.without = new long[vector.length];
        this.candidate = new long[vector.length];
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
        System.arraycopy(vector, 0, bestVector, 0, vector.length);
        bestCluster = state.at[item];
        bestPartner = Assignment.NOWHERE;
        int from = state.take(item);
        System.arraycopy(vector, 0, without, 0, vector.length);
        state.takeFrom(without, item, from);
        tryShifts(item, from);
        if (problem.items <= MOST_ITEMS_TO_SWAP) {
            trySwaps(item, from);
        }
        if (bestPartner != Assignment.NOWHERE) {
            state.take(bestPartner);
            state.put(bestPartner, from);
        }
        state.put(item, bestCluster);
        boolean improved = bestCluster != from;
        System.arraycopy(bestVector, 0, vector, 0, vector.length);
        return improved;
    }

    private void tryShifts(int item, int from) {
        for (int to = 0; to < problem.clusters; to++) {
            if (to != from && state.admits(item, to)) {
                System.arraycopy(without, 0, candidate, 0, without.length);
                state.addTo(candidate, item, to);
                offer(to, Assignment.NOWHERE);
            }
        }
    }

    private void trySwaps(int item, int from) {
        for (int partner = 0; partner < problem.items; partner++) {
            int to = state.at[partner];
            boolean possible = to != Assignment.NOWHERE && to != from && problem.allowed[item * problem.clusters + to];
            if (possible && problem.allowed[partner * problem.clusters + from] && state.hasRoom(partner, from)) {
                trySwap(item, partner, from, to);
            }
        }
    }

    private void trySwap(int item, int partner, int from, int to) {
        state.take(partner);
        if (state.admits(partner, from)) {
            System.arraycopy(without, 0, candidate, 0, without.length);
            state.takeFrom(candidate, partner, to);
            state.addTo(candidate, partner, from);
            state.put(partner, from);
            if (state.admits(item, to)) {
                state.addTo(candidate, item, to);
                offer(to, partner);
            }
            state.take(partner);
        }
        state.put(partner, to);
    }

    private void offer(int cluster, int partner) {
        if (Arrays.compare(candidate, bestVector) < 0) {
            System.arraycopy(candidate, 0, bestVector, 0, candidate.length);
            bestCluster = cluster;
            bestPartner = partner;
        }
    }
}
