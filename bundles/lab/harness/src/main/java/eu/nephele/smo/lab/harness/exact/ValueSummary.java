// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import java.util.List;

/** Median, 99th percentile and maximum of values, each of them one of the values; NaN without any. */
public record ValueSummary(String unit, double median, double p99, double most) {

    private static final double HALF = 0.5;
    private static final double MOST_OF = 0.99;

    public static ValueSummary summarise(String unit, List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new ValueSummary(unit, quantile(HALF, sorted), quantile(MOST_OF, sorted), quantile(1, sorted));
    }

    private static double quantile(double share, double... sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
