// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The capacities that can be exceeded at all: a resource of a cluster has a row only if the items that are allowed there need more of it
 * together than is free. Resources that are plentiful everywhere cost a search nothing then, and one that belongs to a single cluster
 * costs nothing on the others.
 */
final class CapacityRows {

    /** Of a sum that may be twice as large and still be a long. */
    private static final int LARGEST_EXPONENT = 60;

    private final long[][] demandOf;
    private final long[][] free;
    private final boolean[] allowed;
    private final int clusters;
    private final List<String> resources;
    private final int[][] rowsOf;
    private final int rows;
    private final boolean same;

    /** By resource: so many bits of its amounts are dropped, that loads stay in range whatever the assignment. */
    private final int[] dropped;

    /**
     * @param resources their names
     * @param demandOf by item and resource
     * @param free by cluster and resource
     * @param allowed by item and cluster
     */
    CapacityRows(List<String> resources, long[][] demandOf, long[][] free, boolean[] allowed, int clusters) {
        this.resources = List.copyOf(resources);
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
        int[] union = union();
        // the same rows everywhere need a demand by item only
        this.same = union.length == most;
        if (same) {
            Arrays.fill(rowsOf, union);
        }
        this.rows = most;
        this.dropped = new int[clusters == 0 ? 0 : free[0].length];
        Arrays.setAll(dropped, this::bitsToDrop);
    }

    /** What is scarce on any cluster, in the order of the resources. */
    private int[] union() {
        int[] scarceOn = new int[resources.size()];
        for (int[] here : rowsOf) {
            for (int resource : here) {
                scarceOn[resource]++;
            }
        }
        return IntStream.range(0, scarceOn.length)
                .filter(resource -> scarceOn[resource] > 0)
                .toArray();
    }

    private int bitsToDrop(int resource) {
        double total = 0;
        for (long[] demand : demandOf) {
            total += demand[resource];
        }
        return Math.max(0, Math.getExponent(total) - LARGEST_EXPONENT);
    }

    List<String> resources() {
        return resources;
    }

    /** Returns the row of a resource on a cluster; empty where it is plentiful. */
    OptionalInt row(int cluster, int resource) {
        int[] here = rowsOf[cluster];
        for (int row = 0; row < here.length; row++) {
            if (here[row] == resource) {
                return OptionalInt.of(row);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns whether amounts were rounded, so that what seems not to fit may fit. */
    boolean isRounded() {
        return Arrays.stream(dropped).anyMatch(bits -> bits > 0);
    }

    /** Rounded up, as a capacity is rounded down: what seems to fit does. */
    private long demand(int item, int resource) {
        long rest = demandOf[item][resource] & ((1L << dropped[resource]) - 1);
        return (demandOf[item][resource] >> dropped[resource]) + (rest == 0 ? 0 : 1);
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
        if (left == Resources.UNLIMITED) {
            return false;
        }
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
        for (int item = 0; item < demandOf.length; item++) {
            for (int cluster = 0; cluster < columns; cluster++) {
                for (int row = 0; row < rows; row++) {
                    demand[index++] = row < rowsOf[cluster].length ? demand(item, rowsOf[cluster][row]) : 0;
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
                int resource = rowsOf[cluster][row];
                capacity[cluster * rows + row] = free[cluster][resource] >> dropped[resource];
            }
        }
        return capacity;
    }
}
