// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;

/** Sums up the costs of objectives. Each gets a table of its own: setting a cost twice must not count twice. */
final class WeightedCosts implements Costs {

    private final PlacementRequest request;
    private final double[][] assign;
    private final double[] open;
    private final double[][] distance;

    WeightedCosts(PlacementRequest request) {
        int services = request.services().size();
        int clusters = request.clusters().size();
        this.request = request;
        this.assign = new double[services][clusters];
        this.open = new double[clusters];
        this.distance = new double[clusters][clusters];
    }

    void add(PlacementObjective objective, double weight) {
        CostMatrix costMatrix = new CostMatrix(assign.length, open.length);
        objective.price(request, costMatrix);
        for (int c = 0; c < open.length; c++) {
            open[c] += weight * costMatrix.open[c];
            for (int s = 0; s < assign.length; s++) {
                assign[s][c] += weight * costMatrix.assign[s][c];
            }
            for (int to = 0; to < open.length; to++) {
                distance[c][to] += weight * costMatrix.distance[c][to];
            }
        }
    }

    @Override
    public long assign(int service, int cluster) {
        return micros(assign[service][cluster]);
    }

    @Override
    public long open(int cluster) {
        return request.clusters().get(cluster).occupied() ? 0 : micros(open[cluster]);
    }

    @Override
    public long distance(int from, int to) {
        return from == to ? 0 : micros(distance[from][to]);
    }

    private static long micros(double cost) {
        return (long) Math.rint(cost * MICROS);
    }

    private static final class CostMatrix implements CostTable {

        private final double[][] assign;
        private final double[] open;
        private final double[][] distance;

        CostMatrix(int services, int clusters) {
            assign = new double[services][clusters];
            open = new double[clusters];
            distance = new double[clusters][clusters];
        }

        @Override
        public void assign(int service, int cluster, double cost) {
            assign[service][cluster] = cost;
        }

        @Override
        public void open(int cluster, double cost) {
            open[cluster] = cost;
        }

        @Override
        public void distance(int from, int to, double cost) {
            distance[from][to] = cost;
        }
    }
}
