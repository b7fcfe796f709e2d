// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.Map;
import java.util.TreeMap;

/**
 * Services of one graph that move together: one step of a plan.
 *
 * @param to column by row
 */
record FleetMove(FleetGraph graph, Map<Integer, Integer> to) {

    FleetMove {
        to = new TreeMap<>(to);
    }

    int size() {
        return to.size();
    }
}
