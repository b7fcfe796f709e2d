// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.placement.CostTable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** What one objective filled in. Checked when it is full, because a cell that is set again may mend one. */
final class CostCells implements CostTable {
    private static final DoublePredicate IS_COST = cost -> cost >= 0 && cost != Double.POSITIVE_INFINITY;

    private final int clusters;
    private final double[] assign;
    private final double[] open;
    private final double[] distance;

    CostCells(int services, int clusters) {
        this.clusters = clusters;
        this.assign = new double[services * clusters];
        this.open = new double[clusters];
        this.distance = new double[clusters * clusters];
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
        distance[column(from) * clusters + column(to)] = cost;
    }

    private int column(int cluster) {
        return Objects.checkIndex(cluster, clusters);
    }

    /** The first value that is no cost, for people. */
    Optional<String> flaw() {
        return flaw("assign", assign).or(() -> flaw("open", open)).or(() -> flaw("distance", distance));
    }

    private static Optional<String> flaw(String name, double[] cells) {
        return Arrays.stream(cells)
                .filter(IS_COST.negate())
                .mapToObj(cost -> "%s cost %s, expected a finite number of 0 or more".formatted(name, cost))
                .findFirst();
    }

    double[] assign() {
        return assign.clone();
    }

    double[] open() {
        return open.clone();
    }

    double[] distance() {
        return distance.clone();
    }
}
