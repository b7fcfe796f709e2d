// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.objective;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.lab.conformance.run.FlawException;
import java.util.Arrays;
import java.util.Objects;

/** Receives the costs of an objective. Equal tables have equal cells. */
final class CheckedTable implements CostTable {

    private final int clusters;
    private final double[] assign;
    private final double[] open;
    private final double[] distance;

    CheckedTable(int services, int clusters) {
        this.clusters = clusters;
        this.assign = new double[services * clusters];
        this.open = new double[clusters];
        this.distance = new double[clusters * clusters];
    }

    @Override
    public void assign(int service, int cluster, double cost) {
        if (service < 0 || service * clusters >= assign.length) {
            throw new FlawException("it prices service %d, there are %d".formatted(service, assign.length / clusters));
        }
        assign[service * clusters + column(cluster)] = cost;
    }

    @Override
    public void open(int cluster, double cost) {
        open[column(cluster)] = cost;
    }

    @Override
    public void distance(int from, int to, double cost) {
        distance[column(from) * clusters + column(to)] = cost;
    }

    private int column(int cluster) {
        if (cluster < 0 || cluster >= clusters) {
            throw new FlawException("it prices cluster %d, there are %d".formatted(cluster, clusters));
        }
        return cluster;
    }

    /** @throws FlawException for the first cell that is not a cost; only now, because setting a cell again may correct it */
    void check() {
        for (int i = 0; i < assign.length; i++) {
            check("assign", i, assign[i]);
        }
        for (int c = 0; c < clusters; c++) {
            check("open", c, open[c]);
        }
        for (int i = 0; i < distance.length; i++) {
            check("distance", i, distance[i]);
        }
    }

    private void check(String table, int cell, double cost) {
        if (!(cost >= 0) || Double.isInfinite(cost)) {
            throw new FlawException(
                    "%s(%d, %d) is %s; expected a finite number of 0 or more. What is unknown costs nothing, or the same everywhere."
                            .formatted(table, cell / clusters, cell % clusters, cost));
        }
    }

    /** The first cluster with a distance to itself, -1 for none. */
    int awayFromItself() {
        for (int c = 0; c < clusters; c++) {
            if (distance[c * clusters + c] != 0) {
                return c;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return Arrays.stream(assign).allMatch(cost -> cost == 0)
                && Arrays.stream(open).allMatch(cost -> cost == 0)
                && Arrays.stream(distance).allMatch(cost -> cost == 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedTable that
                && Arrays.equals(assign, that.assign)
                && Arrays.equals(open, that.open)
                && Arrays.equals(distance, that.distance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(assign), Arrays.hashCode(open), Arrays.hashCode(distance));
    }

    @Override
    public String toString() {
        return "assign=%s open=%s distance=%s"
                .formatted(Arrays.toString(assign), Arrays.toString(open), Arrays.toString(distance));
    }
}
