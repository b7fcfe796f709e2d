// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Optional;

/** The exact solution by ojAlgo. */
final class ZeroOneProgram implements ExactProgram {

    private final PlacementModel model;
    private final long timeLimitMillis;

    ZeroOneProgram(PlacementModel model, long timeLimitMillis) {
        this.model = model;
        this.timeLimitMillis = timeLimitMillis;
    }

    /** Returns the number of variables beside the binaries. */
    static long links(PlacementModel model) {
        long pairs = 0;
        for (int item = 0; item < model.items; item++) {
            for (ItemLinks itemLinks : model.neighbours.get(item)) {
                pairs += itemLinks.item() > item && !itemLinks.wires().isEmpty() ? 1 : 0;
            }
        }
        return pairs * model.clusters * model.clusters;
    }

    @Override
    public Optional<int[]> minimiseLevel(int level, long[] values) {
        MilpFormulation formulation = new MilpFormulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.minimise(level);
        return formulation.solve();
    }

    @Override
    public Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed) {
        MilpFormulation formulation = new MilpFormulation(model, timeLimitMillis);
        formulation.limit(values);
        formulation.fix(item, fixed);
        formulation.preferFirst(item);
        return formulation.solve();
    }
}
