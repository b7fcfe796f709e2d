// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.Random;

/** Random costs in micro-units; opening an occupied cluster is free. The draws come in a fixed order, so that a seed keeps its meaning. */
final class RandomCosts implements Costs {

    private final long[][] assign;
    private final long[] open;
    private final long[][] distance;

    private RandomCosts(PlacementRequest request) {
        int services = request.services().size();
        int clusters = request.clusters().size();
        assign = new long[services][clusters];
        open = new long[clusters];
        distance = new long[clusters][clusters];
    }

    /** Assignments only, below one unit each; ties are rare. */
    static RandomCosts linear(Random random, PlacementRequest request) {
        RandomCosts costs = new RandomCosts(request);
        for (int c = 0; c < costs.open.length; c++) {
            for (int s = 0; s < costs.assign.length; s++) {
                costs.assign[s][c] = random.nextInt((int) MICROS);
            }
        }
        return costs;
    }

    /** Assignments, openings and distances of 0, 1 or 2 units, so that ties are frequent. */
    static RandomCosts coarse(Random random, PlacementRequest request) {
        RandomCosts costs = new RandomCosts(request);
        for (int c = 0; c < costs.open.length; c++) {
            long opening = random.nextInt(2) * MICROS;
            costs.open[c] = request.clusters().get(c).occupied() ? 0 : opening;
            for (int s = 0; s < costs.assign.length; s++) {
                costs.assign[s][c] = random.nextInt(3) * MICROS;
            }
            for (int to = 0; to < costs.open.length; to++) {
                costs.distance[c][to] = c == to ? 0 : random.nextInt(3) * MICROS;
            }
        }
        return costs;
    }

    @Override
    public long assign(int service, int cluster) {
        return assign[service][cluster];
    }

    @Override
    public long open(int cluster) {
        return open[cluster];
    }

    @Override
    public long distance(int from, int to) {
        return distance[from][to];
    }
}
