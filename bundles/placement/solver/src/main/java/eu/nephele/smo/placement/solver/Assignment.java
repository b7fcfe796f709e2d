// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/** An incomplete assignment with exact loads and costs. Not thread-safe. */
final class Assignment {

    static final int NOWHERE = AssignmentProblem.NOWHERE;

    final AssignmentProblem problem;
    final int[] at;

    /** By cluster and row. */
    final long[] load;

    final int[] count;
    private final ObjectiveVector objective;

    Assignment(AssignmentProblem problem) {
        this.problem = problem;
        this.objective = problem.objective;
        this.at = new int[problem.items];
        Arrays.fill(at, NOWHERE);
        this.load = new long[problem.capacity.length];
        this.count = new int[problem.clusters];
    }

    void put(int item, int cluster) {
        at[item] = cluster;
        count[cluster]++;
        int demandAt = problem.demandAt(item, cluster);
        for (int row = 0; row < problem.rows; row++) {
            load[cluster * problem.rows + row] += problem.demand[demandAt + row];
        }
    }

    /** @return its former cluster */
    int take(int item) {
        int cluster = at[item];
        at[item] = NOWHERE;
        count[cluster]--;
        int demandAt = problem.demandAt(item, cluster);
        for (int row = 0; row < problem.rows; row++) {
            load[cluster * problem.rows + row] -= problem.demand[demandAt + row];
        }
        return cluster;
    }

    /** Returns whether the item, which is unplaced, may go there beside the placed items. */
    boolean admits(int item, int cluster) {
        return problem.allowed[item * problem.clusters + cluster] && hasRoom(item, cluster) && agrees(item, cluster);
    }

    boolean hasRoom(int item, int cluster) {
        int demandAt = problem.demandAt(item, cluster);
        int rowAt = cluster * problem.rows;
        for (int row = 0; row < problem.rows; row++) {
            if (problem.demand[demandAt + row] > problem.capacity[rowAt + row] - load[rowAt + row]) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether no placed neighbour forbids the item there. */
    boolean agrees(int item, int cluster) {
        LinkTable links = problem.links;
        for (int entry = links.start[item]; links.constrained && entry < links.start[item + 1]; entry++) {
            int there = at[links.other[entry]];
            if (there != NOWHERE && !links.permits(entry, cluster, there)) {
                return false;
            }
        }
        return true;
    }

    /** Adds the cost of the item, which is unplaced, to the objective vector. */
    void addTo(long[] vector, int item, int cluster) {
        change(vector, item, cluster, 1);
    }

    /** Subtracts the cost of the item, just removed, from the objective vector. */
    void takeFrom(long[] vector, int item, int cluster) {
        change(vector, item, cluster, -1);
    }

    private void change(long[] vector, int item, int cluster, int sign) {
        for (int level = 0; level < objective.levels; level++) {
            vector[level] += sign * increment(level, item, cluster);
        }
    }

    /** Returns what the item, which is unplaced, adds to a level on the cluster. */
    long increment(int level, int item, int cluster) {
        LinkTable links = problem.links;
        long cost = objective.unary[level][item * problem.clusters + cluster]
                + (count[cluster] == 0 ? objective.open[level][cluster] : 0);
        int end = level < objective.costLevels ? links.start[item + 1] : 0;
        for (int entry = links.start[item]; entry < end; entry++) {
            int there = at[links.other[entry]];
            if (there != NOWHERE) {
                cost += links.cost(entry, objective.distance[level], cluster, there);
            }
        }
        return cost;
    }

    /** Returns the allowed cluster on which the item would exceed capacities least. */
    int leastOverflow(int item) {
        int best = NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (problem.allowed[item * problem.clusters + cluster]) {
                double over = overflow(item, cluster);
                if (over < least) {
                    least = over;
                    best = cluster;
                }
            }
        }
        return best;
    }

    /** Returns how far the loads would exceed the capacities, in capacities. */
    private double overflow(int item, int cluster) {
        double sum = 0;
        int demandAt = problem.demandAt(item, cluster);
        int rowAt = cluster * problem.rows;
        for (int row = 0; row < problem.rows; row++) {
            long over = load[rowAt + row] + problem.demand[demandAt + row] - problem.capacity[rowAt + row];
            sum += (double) Math.max(0, over) / Math.max(1, problem.capacity[rowAt + row]);
        }
        return sum;
    }
}
