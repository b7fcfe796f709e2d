// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.placement.PlacementLink;

/** One cost of a fleet: of one objective in its own unit, or of all of them weighted. */
interface FleetCost {

    double assign(int row, int column);

    double open(int column);

    double distance(int from, int to);

    /** The cost of a whole placement; services that are nowhere cost nothing. */
    default double value(FleetProblem problem, int[] at) {
        double value = 0;
        boolean[] used = new boolean[problem.clusters()];
        for (int row = 0; row < at.length; row++) {
            if (at[row] != FleetProblem.NOWHERE) {
                value += assign(row, at[row]);
                used[at[row]] = true;
            }
        }
        for (int c = 0; c < used.length; c++) {
            value += used[c] ? open(c) : 0;
        }
        for (FleetGraph graph : problem.graphs()) {
            for (PlacementLink link : graph.links()) {
                int from = at[graph.first() + link.from()];
                int to = at[graph.first() + link.to()];
                if (from != FleetProblem.NOWHERE && to != FleetProblem.NOWHERE) {
                    value += link.traffic() * distance(from, to);
                }
            }
        }
        return value;
    }
}
