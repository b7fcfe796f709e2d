// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.CostTable;
import java.util.Objects;
import java.util.Optional;

/** Cells filled by one objective. They are checked once complete, because setting a cell again may mend one. */
final class CostCells implements CostTable {
    private final int clusters;
    private final double[] assign;
    private final double[] open;
    /** Empty while none was set: with many clusters it would be most of the table. */
    private double[] distance = {};

    CostCells(int services, int clusters) {
        this.clusters = clusters;
        this.assign = new double[services * clusters];
        this.open = new double[clusters];
    }

    @Override
    public void assign(int service, int cluster, double cost) {
        assign[Objects.checkIndex(service, assign.length / clusters) * clusters + column(cluster)] = cost;
    }

    @Override
    public void open(int cluster, double cost) {
        open[column(cluster)] = cost;
    }

    @Override
    public void distance(int from, int to, double cost) {
        int cell = column(from) * clusters + column(to);
        if (distance.length == 0) {
            if (cost == 0) {
                return;
            }
            distance = new double[clusters * clusters];
        }
        distance[cell] = cost;
    }

    private int column(int cluster) {
        return Objects.checkIndex(cluster, clusters);
    }

    /** The first value that is no cost, for people. */
    Optional<String> flaw() {
        return flaw("assign", assign).or(() -> flaw("open", open)).or(() -> flaw("distance", distance));
    }

    private static Optional<String> flaw(String name, double[] cells) {
        for (double cost : cells) {
            boolean isCost = cost >= 0 && cost != Double.POSITIVE_INFINITY;
            if (!isCost) {
                return Optional.of("%s cost %s, expected a finite number of 0 or more".formatted(name, cost));
            }
        }
        return Optional.empty();
    }

    double[] assign() {
        return assign.clone();
    }

    double[] open() {
        return open.clone();
    }

    /** Empty: all are 0. */
    double[] distance() {
        return distance.clone();
    }
}
