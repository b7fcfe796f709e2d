// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import java.util.Arrays;
import java.util.Optional;

/**
 * Exact search for any assignment that keeps all limits: the item with the fewest clusters left goes first, to the cluster that it fills
 * best, and what it forbids the others is taken from them at once (forward checking). Every node is one unit of work. Used once.
 */
final class FitSearch {

    private static final int NOWHERE = Assignment.NOWHERE;
    private static final double STEPS = 1 << 30;
    private static final int CLUSTER_BITS = 32;

    private final FitProblem problem;
    private final WorkBudget work;
    private final int[] at;

    /** By cluster and resource. */
    private final long[][] left;

    /** By item and cluster: whether nothing that is placed forbids it. */
    private final boolean[] open;

    /** By item: number of open clusters. */
    private final int[] choices;

    /** By item: the largest part of what all clusters have of a resource that it takes. */
    private final double[] sizes;

    /** Cells that were closed, in order. */
    private final int[] closed;

    private int closedCount;
    private long nodes;
    private boolean complete = true;

    /** @param mostNodes after which the search gives up */
    FitSearch(FitProblem problem, WorkBudget work, long mostNodes) {
        this.problem = problem;
        this.work = work;
        this.nodes = mostNodes;
        this.at = new int[problem.items];
        Arrays.fill(at, NOWHERE);
        this.left = Arrays.stream(problem.free).map(long[]::clone).toArray(long[][]::new);
        this.open = problem.allowed.clone();
        this.choices = new int[problem.items];
        for (int cell = 0; cell < open.length; cell++) {
            choices[cell / problem.clusters] += open[cell] ? 1 : 0;
        }
        this.closed = new int[open.length];
        this.sizes = ResourceTable.sizes(problem.demand, problem.free);
    }

    /** Returns cluster by item; empty if none is found. */
    Optional<int[]> find() {
        boolean hopeless = Arrays.stream(choices).anyMatch(count -> count == 0) || problem.isShort();
        return !hopeless && place(0) ? Optional.of(at) : Optional.empty();
    }

    /** Returns whether the search was not cut short, so that what it did not find does not exist. */
    boolean isComplete() {
        return complete;
    }

    private boolean place(int depth) {
        if (depth == problem.items) {
            return true;
        }
        if (nodes-- <= 0 || !work.spend(1)) {
            complete = false;
            return false;
        }
        int item = pick();
        for (long key : order(item)) {
            int mark = closedCount;
            if (put(item, (int) key) && place(depth + 1)) {
                return true;
            }
            take(item, mark);
            if (!complete) {
                return false;
            }
        }
        return false;
    }

    private int pick() {
        int picked = NOWHERE;
        for (int item = 0; item < problem.items; item++) {
            if (at[item] == NOWHERE && (picked == NOWHERE || isBefore(item, picked))) {
                picked = item;
            }
        }
        return picked;
    }

    private boolean isBefore(int item, int other) {
        return choices[item] < choices[other] || (choices[item] == choices[other] && sizes[item] > sizes[other]);
    }

    /** Open clusters of the item, each with what would be left there in the high bits. */
    private long[] order(int item) {
        long[] keys = new long[choices[item]];
        int count = 0;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (open[item * problem.clusters + cluster]) {
                keys[count++] = (long) (leftBeside(item, cluster) * STEPS) << CLUSTER_BITS | cluster;
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Returns the least part of a resource that the item leaves; 1 if it needs none. */
    private double leftBeside(int item, int cluster) {
        double least = 1;
        for (int resource = 0; resource < problem.resources; resource++) {
            long needed = problem.demand[item][resource];
            if (needed > 0) {
                long free = problem.free[cluster][resource];
                least = Math.min(least, (double) (left[cluster][resource] - needed) / Math.max(1, free));
            }
        }
        return least;
    }

    /** @return whether each other item still has a cluster */
    private boolean put(int item, int cluster) {
        at[item] = cluster;
        for (int resource = 0; resource < problem.resources; resource++) {
            if (problem.free[cluster][resource] != Resources.UNLIMITED) {
                left[cluster][resource] -= problem.demand[item][resource];
            }
        }
        boolean possible = true;
        for (int other = 0; other < problem.items && possible; other++) {
            int cell = other * problem.clusters + cluster;
            if (at[other] == NOWHERE && open[cell] && !hasRoom(other, cluster)) {
                possible = close(cell);
            }
        }
        LinkTable links = problem.links;
        for (int entry = links.start[item]; links.constrained && possible && entry < links.start[item + 1]; entry++) {
            possible = at[links.other[entry]] != NOWHERE || closeForbidden(entry, cluster);
        }
        return possible;
    }

    private boolean hasRoom(int item, int cluster) {
        for (int resource = 0; resource < problem.resources; resource++) {
            if (problem.demand[item][resource] > left[cluster][resource]) {
                return false;
            }
        }
        return true;
    }

    private boolean closeForbidden(int entry, int here) {
        boolean possible = true;
        for (int there = 0; there < problem.clusters && possible; there++) {
            int cell = problem.links.other[entry] * problem.clusters + there;
            if (open[cell] && !problem.links.permits(entry, here, there)) {
                possible = close(cell);
            }
        }
        return possible;
    }

    private boolean close(int cell) {
        open[cell] = false;
        closed[closedCount++] = cell;
        return --choices[cell / problem.clusters] > 0;
    }

    private void take(int item, int mark) {
        int cluster = at[item];
        at[item] = NOWHERE;
        for (int resource = 0; resource < problem.resources; resource++) {
            if (problem.free[cluster][resource] != Resources.UNLIMITED) {
                left[cluster][resource] += problem.demand[item][resource];
            }
        }
        while (closedCount > mark) {
            int cell = closed[--closedCount];
            open[cell] = true;
            choices[cell / problem.clusters]++;
        }
    }
}
