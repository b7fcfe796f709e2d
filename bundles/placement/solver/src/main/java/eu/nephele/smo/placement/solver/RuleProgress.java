// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Items that a rule has placed so far, with what they use of all resources, and what one more would cost. Not thread-safe. */
public final class RuleProgress {

    private static final double BILLION = 1e9;

    final Assignment assignment;
    private final AssignmentProblem problem;
    private final ResourceTable resources;
    private final boolean hasCosts;

    /** By cluster and resource. */
    private final long[][] used;

    private final long[] usedCpuMillis;

    public RuleProgress(RequestProblem read) {
        this.problem = read.problem();
        this.resources = read.resources();
        this.assignment = new Assignment(problem);
        this.hasCosts = problem.objective.costLevels > 0;
        this.used = new long[problem.clusters][resources.size()];
        this.usedCpuMillis = new long[problem.clusters];
    }

    /** @param at cluster by item, {@link AssignmentProblem#NOWHERE} of those that are unplaced */
    public RuleProgress(RequestProblem read, int[] at) {
        this(read);
        for (int item = 0; item < at.length; item++) {
            if (at[item] != AssignmentProblem.NOWHERE) {
                put(item, at[item]);
            }
        }
    }

    void put(int item, int cluster) {
        assignment.put(item, cluster);
        use(item, cluster, 1);
    }

    /** @return its former cluster */
    int take(int item) {
        int cluster = assignment.take(item);
        use(item, cluster, -1);
        return cluster;
    }

    private void use(int item, int cluster, int sign) {
        long[] there = used[cluster];
        long[] demand = resources.demand[item];
        for (int r = 0; r < there.length; r++) {
            there[r] += sign * demand[r];
        }
        usedCpuMillis[cluster] += sign * resources.cpuMillis(item);
    }

    /** Returns whether the item, which is unplaced, may go there beside the placed items. */
    boolean admits(int item, int cluster) {
        return assignment.admits(item, cluster);
    }

    /** Returns whether all that the item asks for is free there beside the placed items. */
    boolean isFree(int item, int cluster) {
        return resources.fits(item, cluster, used[cluster]);
    }

    /** Returns the cluster of an item, {@link AssignmentProblem#NOWHERE} if it is unplaced. */
    public int clusterOf(int item) {
        return assignment.at[item];
    }

    /** Returns a copy of the clusters by item. */
    public int[] at() {
        return assignment.at.clone();
    }

    /** Returns what the item, which is unplaced, adds to the most important cost of the problem; 0 without costs. */
    public long cost(int item, int cluster) {
        return hasCosts ? assignment.increment(0, item, cluster) : 0;
    }

    /** Returns the CPU of the placed items there. */
    public long usedCpuMillis(int cluster) {
        return usedCpuMillis[cluster];
    }

    /**
     * Returns the share of the cluster's capacity, in billionths, that is free once the item, which is unplaced, is there: the least of
     * those of the resources that it asks for; all where these are unlimited, and for an item without demand.
     */
    public long shareLeft(int item, int cluster) {
        return Math.round(BILLION * resources.shareLeft(item, cluster, used[cluster]));
    }
}
