// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import java.util.List;

/**
 * @param sets what decides, one day each; the others are compared with the first one
 * @param graphs their number
 * @param services of each graph
 * @param seed of the graphs and the curves
 */
record EnergyOptions(List<StrategySet> sets, int graphs, int services, long seed) {

    private static final int MOST_GRAPHS = 10_000;
    private static final int MOST_SERVICES = 100;

    EnergyOptions {
        sets = List.copyOf(sets);
        if (sets.isEmpty()) {
            throw new IllegalArgumentException("--strategies names at least one");
        }
        if (graphs < 1 || graphs > MOST_GRAPHS || services < 1 || services > MOST_SERVICES) {
            throw new IllegalArgumentException(
                    "--graphs is between 1 and %d, --services between 1 and %d".formatted(MOST_GRAPHS, MOST_SERVICES));
        }
    }
}
