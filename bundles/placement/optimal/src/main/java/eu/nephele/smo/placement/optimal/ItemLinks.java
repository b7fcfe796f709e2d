// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.List;

/**
 * Constraints between an item and another one.
 *
 * @param item the other item
 */
record ItemLinks(int item, boolean apart, List<Wire> wires) {

    ItemLinks {
        wires = List.copyOf(wires);
    }

    /**
     * A link as seen from one of its ends.
     *
     * @param outgoing whether traffic goes from here to the other item
     * @param maxLatencyMillis infinite for no limit
     */
    record Wire(boolean outgoing, double traffic, double maxLatencyMillis) {}

    boolean permits(double[][] latencyMillis, int here, int there) {
        if (apart && here == there) {
            return false;
        }
        for (Wire wire : wires) {
            double millis = wire.outgoing() ? latencyMillis[here][there] : latencyMillis[there][here];
            if (millis > wire.maxLatencyMillis()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the cost of the traffic between the two; each link is rounded separately, half-even. */
    long cost(long[][] distance, int here, int there) {
        long sum = 0;
        for (Wire wire : wires) {
            long each = wire.outgoing() ? distance[here][there] : distance[there][here];
            sum += (long) Math.rint(each * wire.traffic());
        }
        return sum;
    }
}
