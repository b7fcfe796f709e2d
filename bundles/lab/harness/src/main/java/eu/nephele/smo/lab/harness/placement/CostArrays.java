// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.placement.Costs;

/** Costs of an instance: set in whole units, read in micro-units. */
final class CostArrays implements Costs {

    private final long[][] assign;
    private final long[][] distance;

    CostArrays(int services, int clusters) {
        this.assign = new long[services][clusters];
        this.distance = new long[clusters][clusters];
    }

    /** @throws ArithmeticException if the cost is too large for micro-units */
    void setAssign(int service, int cluster, long units) {
        assign[service][cluster] = Math.multiplyExact(units, MICROS);
    }

    /** @throws ArithmeticException if the cost is too large for micro-units */
    void setDistance(int from, int to, long units) {
        distance[from][to] = Math.multiplyExact(units, MICROS);
    }

    @Override
    public long assign(int service, int cluster) {
        return assign[service][cluster];
    }

    @Override
    public long open(int cluster) {
        return 0;
    }

    @Override
    public long distance(int from, int to) {
        return distance[from][to];
    }
}
