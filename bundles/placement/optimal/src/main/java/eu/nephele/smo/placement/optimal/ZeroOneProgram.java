// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Optional;

/** The exact solution by the solver: minimises one part of the objective vector while the parts before keep their values. */
final class ZeroOneProgram {

    private final Model model;
    private final long timeLimitMillis;

    ZeroOneProgram(Model model, long timeLimitMillis) {
        this.model = model;
        this.timeLimitMillis = timeLimitMillis;
    }

    /** How many variables the program has beside the binaries. */
    static long links(Model model) {
        long pairs = 0;
        for (int item = 0; item < model.items; item++) {
            for (Neighbour neighbour : model.neighbours.get(item)) {
                pairs += neighbour.item() > item && !neighbour.wires().isEmpty() ? 1 : 0;
            }
        }
        return pairs * model.clusters * model.clusters;
    }

    /**
     * Minimises one level.
     *
     * @param level which part of the objective vector
     * @param values values that the parts before may not exceed
     * @return the assignment; empty when the solver did not prove it
     */
    Optional<int[]> minimiseLevel(int level, long[] values) {
        Formulation formulation = new Formulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.minimise(level);
        return formulation.solve();
    }

    /**
     * Finds the first cluster for an item among assignments with this objective vector.
     *
     * @param fixed cluster by item, for the items before
     */
    Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed) {
        Formulation formulation = new Formulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.fix(item, fixed);
        formulation.preferFirst(item);
        return formulation.solve();
    }
}
