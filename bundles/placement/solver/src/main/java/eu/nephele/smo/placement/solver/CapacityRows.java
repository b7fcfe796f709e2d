// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/**
 * The capacities that can be exceeded at all: a resource of a cluster has a row only if the items that are allowed there need more of it
 * together than is free. Resources that are plentiful everywhere cost a search nothing then, and one that belongs to a single cluster
 * costs nothing on the others.
 */
final class CapacityRows {

    private final long[][] demandOf;
    private final long[][] free;
    private final boolean[] allowed;
    private final int clusters;
    private final int[][] rowsOf;
    private final int rows;
    private final boolean same;

    /**
     * @param demandOf by item and resource
     * @param free by cluster and resource
     * @param allowed by item and cluster
     */
    CapacityRows(long[][] demandOf, long[][] free, boolean[] allowed, int clusters) {
        this.demandOf = demandOf;
        this.free = free;
        this.allowed = allowed;
        this.clusters = clusters;
        this.rowsOf = new int[clusters][];
        int most = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            rowsOf[cluster] = scarce(cluster);
            most = Math.max(most, rowsOf[cluster].length);
        }
        int[] union = Arrays.stream(rowsOf)
                .flatMapToInt(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
        // the same rows everywhere need a demand by item only
        this.same = union.length == most;
        if (same) {
            Arrays.fill(rowsOf, union);
        }
        this.rows = most;
    }

    private int[] scarce(int cluster) {
        int resources = free[cluster].length;
        int[] found = new int[resources];
        int count = 0;
        for (int resource = 0; resource < resources; resource++) {
            if (exceeds(cluster, resource)) {
                found[count++] = resource;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean exceeds(int cluster, int resource) {
        long left = free[cluster][resource];
        for (int item = 0; item < demandOf.length; item++) {
            if (allowed[item * clusters + cluster]) {
                left -= demandOf[item][resource];
                if (left < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** By item and row, or by item, cluster and row where clusters differ in what is scarce. */
    long[] demand() {
        int columns = same ? Math.min(1, clusters) : clusters;
        long[] demand = new long[demandOf.length * columns * rows];
        int index = 0;
        for (long[] ofItem : demandOf) {
            for (int cluster = 0; cluster < columns; cluster++) {
                for (int row = 0; row < rows; row++) {
                    demand[index++] = row < rowsOf[cluster].length ? ofItem[rowsOf[cluster][row]] : 0;
                }
            }
        }
        return demand;
    }

    /** By cluster and row. */
    long[] capacity() {
        long[] capacity = new long[clusters * rows];
        for (int cluster = 0; cluster < clusters; cluster++) {
            for (int row = 0; row < rowsOf[cluster].length; row++) {
                capacity[cluster * rows + row] = free[cluster][rowsOf[cluster][row]];
            }
        }
        return capacity;
    }
}
