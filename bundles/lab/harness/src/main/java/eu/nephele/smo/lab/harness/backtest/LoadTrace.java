// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import java.util.LinkedHashMap;
import java.util.Map;

/** The capacity of each step under each strategy, for the picture, and how often its forecasts covered what came. Not thread-safe. */
final class LoadTrace {

    private final LoadShape shape;
    private final Map<String, float[]> capacities = new LinkedHashMap<>();
    private final Map<String, IntervalCoverage> coverages = new LinkedHashMap<>();

    LoadTrace(LoadShape shape) {
        this.shape = shape;
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

    /** Of the forecasts that a strategy was given. */
    IntervalCoverage coverage(String strategy) {
        return coverages.computeIfAbsent(strategy, any -> new IntervalCoverage(shape));
    }

    /** By strategy, of those that were given forecasts. */
    Map<String, IntervalCoverage> coverages() {
        return coverages;
    }
}
