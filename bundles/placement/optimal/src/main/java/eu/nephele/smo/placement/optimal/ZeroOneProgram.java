// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Optional;

/** The exact solution by ojAlgo. */
final class ZeroOneProgram implements ExactProgram {

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

    @Override
    public Optional<int[]> minimiseLevel(int level, long[] values) {
        Formulation formulation = new Formulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.minimise(level);
        return formulation.solve();
    }

    @Override
    public Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed) {
        Formulation formulation = new Formulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.fix(item, fixed);
        formulation.preferFirst(item);
        return formulation.solve();
    }
}
