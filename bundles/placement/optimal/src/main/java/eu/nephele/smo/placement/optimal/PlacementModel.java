// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.List;

/**
 * The problem as plain numbers. Services that must be together are one item; items are in the order of their first service,
 * clusters in name order. Read only.
 */
final class PlacementModel {

    final List<List<Integer>> members;

    final int items;
    final int clusters;

    /** By item and resource. */
    final long[][] demand;

    /** By cluster and resource. */
    final long[][] free;

    /** By item and cluster: allowed, and the item fits if alone. */
    final boolean[][] allowed;

    /** By the two clusters; infinite if unknown, so that it exceeds every limit. */
    final double[][] latencyMillis;

    final List<List<ItemLinks>> neighbours;
    final ObjectiveVector objective;

    PlacementModel(
            List<List<Integer>> members,
            long[][] demand,
            long[][] free,
            boolean[][] allowed,
            double[][] latencyMillis,
            List<List<ItemLinks>> neighbours,
            ObjectiveVector objective) {
        this.members = members;
        this.items = members.size();
        this.clusters = free.length;
        this.demand = demand;
        this.free = free;
        this.allowed = allowed;
        this.latencyMillis = latencyMillis;
        this.neighbours = neighbours;
        this.objective = objective;
    }

    /** Pairs of item and cluster that are allowed: the binaries of the 0/1 program. */
    int binaries() {
        int count = 0;
        for (boolean[] row : allowed) {
            for (boolean cell : row) {
                count += cell ? 1 : 0;
            }
        }
        return count;
    }

    /** Computes the objective vector of a complete assignment from scratch. */
    long[] key(int[] at) {
        Assignment state = new Assignment(this);
        long[] key = new long[objective.levels];
        for (int i = 0; i < items; i++) {
            state.addTo(key, i, at[i]);
            state.put(i, at[i]);
        }
        return key;
    }

    boolean feasible(int[] at) {
        Assignment state = new Assignment(this);
        for (int i = 0; i < items; i++) {
            if (!state.admits(i, at[i])) {
                return false;
            }
            state.put(i, at[i]);
        }
        return true;
    }
}
