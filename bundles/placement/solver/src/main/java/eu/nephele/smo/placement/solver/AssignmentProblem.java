// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/**
 * An assignment problem as plain numbers: each item goes to one cluster, the cost is least, no cluster is loaded beyond its capacity,
 * and linked items keep their constraints. Read only, but its arrays are those that it was made of.
 *
 * <p>Arrays are flat: {@code item * clusters + cluster}, {@code cluster * rows + row}. A row is one resource that can run out.
 */
public final class AssignmentProblem {

    /** Of an item that is on no cluster. */
    public static final int NOWHERE = -1;

    final int items;
    final int clusters;
    final int rows;

    /** By item and row, or by item, cluster and row; see {@link #demandAt}. */
    final long[] demand;

    /** By cluster and row. */
    final long[] capacity;

    /** By item and cluster: allowed, and the item fits if alone. */
    final boolean[] allowed;

    /** Then nothing that is found out about it is a proof for the request. */
    final boolean rounded;

    final ObjectiveVector objective;
    final LinkTable links;

    private final int itemStride;
    private final int clusterStride;

    /** @param rounded whether amounts are too large to be exact, and were rounded so that what seems to fit does */
    AssignmentProblem(
            int clusters,
            long[] demand,
            long[] capacity,
            boolean[] allowed,
            ObjectiveVector objective,
            LinkTable links,
            boolean rounded) {
        this.rounded = rounded;
        this.clusters = clusters;
        this.items = links.items();
        this.rows = clusters == 0 ? 0 : capacity.length / clusters;
        this.demand = demand;
        this.capacity = capacity;
        this.allowed = allowed;
        this.objective = objective;
        this.links = links;
        boolean perCluster = demand.length > items * rows;
        this.clusterStride = perCluster ? rows : 0;
        this.itemStride = perCluster ? clusters * rows : rows;
    }

    /** The same with another objective. */
    AssignmentProblem minimising(ObjectiveVector other) {
        return new AssignmentProblem(clusters, demand, capacity, allowed, other, links, rounded);
    }

    /** The same without some of the clusters. */
    AssignmentProblem onlyOn(boolean[] usable) {
        boolean[] fewer = allowed.clone();
        for (int cell = 0; cell < fewer.length; cell++) {
            fewer[cell] &= usable[cell % clusters];
        }
        return new AssignmentProblem(clusters, demand, capacity, fewer, objective, links, rounded);
    }

    public int items() {
        return items;
    }

    public int clusters() {
        return clusters;
    }

    /** Returns the number of resources that can run out on a cluster. */
    public int rows() {
        return rows;
    }

    public ObjectiveVector objective() {
        return objective;
    }

    public LinkTable links() {
        return links;
    }

    public boolean allowed(int item, int cluster) {
        return allowed[item * clusters + cluster];
    }

    public long demand(int item, int cluster, int row) {
        return demand[demandAt(item, cluster) + row];
    }

    public long capacity(int cluster, int row) {
        return capacity[cluster * rows + row];
    }

    /** Pairs of item and cluster that are allowed: the size of the problem. */
    public int binaries() {
        int count = 0;
        for (boolean cell : allowed) {
            count += cell ? 1 : 0;
        }
        return count;
    }

    /** Returns whether an item is allowed on no cluster, so that the problem has no answer. */
    boolean hasHomelessItem() {
        for (int item = 0; item < items; item++) {
            if (isHomeless(item)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the item is allowed on no cluster. */
    boolean isHomeless(int item) {
        for (int cell = item * clusters; cell < (item + 1) * clusters; cell++) {
            if (allowed[cell]) {
                return false;
            }
        }
        return true;
    }

    /** Computes the objective vector of a complete assignment from scratch. */
    public long[] vector(int[] at) {
        Assignment state = new Assignment(this);
        long[] vector = new long[objective.levels];
        for (int item = 0; item < items; item++) {
            state.addTo(vector, item, at[item]);
            state.put(item, at[item]);
        }
        return vector;
    }

    public boolean isFeasible(int[] at) {
        Assignment state = new Assignment(this);
        for (int item = 0; item < items; item++) {
            if (!state.admits(item, at[item])) {
                return false;
            }
            state.put(item, at[item]);
        }
        return true;
    }

    /** Index of the first row of the demand of an item on a cluster. */
    int demandAt(int item, int cluster) {
        return item * itemStride + cluster * clusterStride;
    }
}
