// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.LoadSeries;
import java.util.Optional;

/** What the last hours alone say: demand stays as it is, within what it changed in a quarter of an hour before. */
@SuppressWarnings("ArrayRecordComponent") // lives as long as one forecast
record RecentForecast(double level, double[] changes) {

    private static final int LEVEL_VALUES = 10;
    private static final int AHEAD_VALUES = 15;

    static Optional<RecentForecast> of(LoadSeries recent) {
        double[] values = recent.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY ? values[i] : Double.NaN;
        }
        double level = OrderStatistics.median(values, Math.max(0, values.length - LEVEL_VALUES), values.length);
        double[] changes = new double[Math.max(0, values.length - AHEAD_VALUES)];
        for (int i = 0; i < changes.length; i++) {
            double before = OrderStatistics.median(values, Math.max(0, i + 1 - LEVEL_VALUES), i + 1);
            changes[i] = values[i + AHEAD_VALUES] - before;
        }
        return Double.isNaN(level)
                ? Optional.empty()
                : Optional.of(new RecentForecast(level, OrderStatistics.sorted(changes, 0, changes.length)));
    }

    double quantile(double probability) {
        return Math.max(0, level + (changes.length == 0 ? 0 : OrderStatistics.quantileOfNext(changes, probability)));
    }
}
