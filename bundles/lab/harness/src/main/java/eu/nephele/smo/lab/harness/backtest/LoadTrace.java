// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The capacity of each step under each strategy, for the picture, and how often forecasts covered what came. Not thread-safe. */
final class LoadTrace {

    private final Map<String, float[]> capacities = new LinkedHashMap<>();
    private final IntervalCoverage coverage;

    LoadTrace(LoadShape shape) {
        this.coverage = new IntervalCoverage(shape);
    }

    void capacity(String strategy, float[] perSecond) {
        capacities.put(strategy, perSecond);
    }

    void same(String strategy, String as) {
        capacities.put(as, capacities.get(strategy));
    }

    Map<String, float[]> capacities() {
        return capacities;
    }

    IntervalCoverage coverage() {
        return coverage;
    }
}
