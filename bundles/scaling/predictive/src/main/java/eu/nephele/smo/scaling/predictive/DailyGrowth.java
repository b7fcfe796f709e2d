// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import java.util.Arrays;

/** The trend: growth of the mean from day to day, by Theil and Sen (the median of the slopes of all pairs), where the days agree on it. */
final class DailyGrowth {

    private static final int LEAST_DAYS = 5;
    private static final double KNOWN_SHARE = 0.75;
    /** Least share of pairs of days that grow, or shrink, for a trend (Kendall's tau 0.6). */
    private static final double AGREED = 0.8;
    /** Beyond it, it is not growth but a change. */
    private static final double MOST = 0.15;

    private DailyGrowth() {}

    /** Natural logarithm of the factor from day to day; 0 without a trend. */
    static double of(QuarterSeries past) {
        int days = past.size() / past.binsPerDay();
        double[] logs = new double[days];
        for (int back = 0; back < days; back++) {
            logs[days - 1 - back] = logOfMean(past, past.size() - (back + 1) * past.binsPerDay());
        }
        double[] slopes = new double[days * days];
        int count = 0;
        int growing = 0;
        for (int later = 1; later < days; later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                double slope = (logs[later] - logs[earlier]) / (later - earlier);
                if (!Double.isNaN(slope)) {
                    slopes[count++] = slope;
                    growing += slope > 0 ? 1 : 0;
                }
            }
        }
        boolean agreed = Math.max(growing, count - growing) >= AGREED * count;
        if (count < LEAST_DAYS * (LEAST_DAYS - 1) / 2 || !agreed) {
            return 0;
        }
        double[] sorted = Arrays.copyOf(slopes, count);
        Arrays.sort(sorted);
        return Math.max(-MOST, Math.min(MOST, OrderStatistics.quantile(sorted, 0.5)));
    }

    private static double logOfMean(QuarterSeries past, int from) {
        double sum = 0;
        int known = 0;
        for (int bin = from; bin < from + past.binsPerDay(); bin++) {
            double value = past.values()[bin];
            if (!Double.isNaN(value)) {
                sum += value;
                known++;
            }
        }
        return known < KNOWN_SHARE * past.binsPerDay() || sum == 0 ? Double.NaN : Math.log(sum / known);
    }
}
