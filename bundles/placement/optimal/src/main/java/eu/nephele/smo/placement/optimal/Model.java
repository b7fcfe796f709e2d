// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.List;

/**
 * The problem as plain numbers. Services that must be together are one item; items are in the order of their first service,
 * clusters in name order. The objective is a vector, compared from left to right: the cost levels of the request, then moved
 * services, then their CPU. Read only.
 */
final class Model {

    /** Services of each item. */
    final List<List<Integer>> members;

    final int items;
    final int clusters;

    /** Length of the objective vector. */
    final int levels;

    /** Cost levels of the request, the first part of the objective vector. */
    final int costLevels;

    /** By item and resource. */
    final long[][] demand;

    /** By cluster and resource. */
    final long[][] free;

    /** By item and cluster: nothing forbids it, and the item fits if alone. */
    final boolean[][] allowed;

    /** By item, then {@code cluster × levels + level}: what depends on nothing else. */
    final long[][] unary;

    /** By level and cluster. */
    final long[][] open;

    /** By level and the two clusters. */
    final long[][][] distance;

    /** By the two clusters; infinite where nobody knows it, so that it exceeds every limit. */
    final double[][] latencyMillis;

    final List<List<Neighbour>> neighbours;

    Model(
            List<List<Integer>> members,
            int costLevels,
            long[][] demand,
            long[][] free,
            boolean[][] allowed,
            long[][] unary,
            long[][] open,
            long[][][] distance,
            double[][] latencyMillis,
            List<List<Neighbour>> neighbours) {
        this.members = members;
        this.items = members.size();
        this.clusters = free.length;
        this.costLevels = costLevels;
        this.levels = costLevels + 2;
        this.demand = demand;
        this.free = free;
        this.allowed = allowed;
        this.unary = unary;
        this.open = open;
        this.distance = distance;
        this.latencyMillis = latencyMillis;
        this.neighbours = neighbours;
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

    long unary(int level, int item, int cluster) {
        return unary[item][cluster * levels + level];
    }

    /** The objective vector of a complete assignment, from nothing. */
    long[] key(int[] at) {
        State state = new State(this);
        long[] key = new long[levels];
        for (int i = 0; i < items; i++) {
            state.addTo(key, i, at[i]);
            state.put(i, at[i]);
        }
        return key;
    }

    /** Whether a complete assignment keeps all rules. */
    boolean feasible(int[] at) {
        State state = new State(this);
        for (int i = 0; i < items; i++) {
            if (!state.admits(i, at[i])) {
                return false;
            }
            state.put(i, at[i]);
        }
        return true;
    }
}
