// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;

/**
 * Improves a feasible assignment by the best shift or swap of one item after the other, until none helps. One examined item is
 * one unit of work.
 */
final class LocalSearch {

    private final PlacementModel model;
    private final Assignment state;
    private final WorkBudget workBudget;
    private long[] key;
    private long[] bestKey = {};
    private int bestCluster;
    private int bestPartner;

    LocalSearch(Assignment feasible, WorkBudget workBudget) {
        this.model = feasible.model;
        this.state = feasible;
        this.workBudget = workBudget;
        this.key = model.key(feasible.at);
    }

    /** Leaves the result in the state. */
    void run() {
        boolean improved = true;
        while (improved) {
            improved = false;
            for (int item = 0; item < model.items; item++) {
                if (!workBudget.spend()) {
                    return;
                }
                improved |= improve(item);
            }
        }
    }

    private boolean improve(int item) {
        bestKey = key;
        bestCluster = state.at[item];
        bestPartner = Assignment.NOWHERE;
        int from = state.take(item);
        long[] without = key.clone();
        state.takeFrom(without, item, from);
        tryShifts(item, from, without);
        trySwaps(item, from, without);
        if (bestPartner != Assignment.NOWHERE) {
            state.take(bestPartner);
            state.put(bestPartner, from);
        }
        state.put(item, bestCluster);
        boolean improved = bestCluster != from;
        key = bestKey;
        return improved;
    }

    private void tryShifts(int item, int from, long[] without) {
        for (int to = 0; to < model.clusters; to++) {
            if (to != from && state.admits(item, to)) {
                long[] candidate = without.clone();
                state.addTo(candidate, item, to);
                offer(candidate, to, Assignment.NOWHERE);
            }
        }
    }

    private void trySwaps(int item, int from, long[] without) {
        for (int partner = 0; partner < model.items; partner++) {
            int to = state.at[partner];
            boolean possible = to != Assignment.NOWHERE && to != from && model.allowed[item][to];
            if (possible && model.allowed[partner][from] && state.hasRoom(partner, from)) {
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
        if (Arrays.compare(candidate, bestKey) < 0) {
            bestKey = candidate;
            bestCluster = cluster;
            bestPartner = partner;
        }
    }
}
