// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import java.util.Arrays;

/**
 * The trend: growth of the mean from day to day, by Theil and Sen (the median of the slopes of all pairs), where the days agree on it. It is
 * asked for as of a time, so that forecasts for earlier times do not know what came later.
 */
final class DailyGrowth {

    private static final int LEAST_DAYS = 5;
    private static final double KNOWN_SHARE = 0.75;
    /** Least share of pairs of days that grow, or shrink, for a trend (Kendall's tau 0.6). */
    private static final double AGREED = 0.8;
    /** Beyond it, it is not growth but a change. */
    private static final double MOST = 0.15;

    private final int day;
    /** Of the known values before each bin. */
    private final double[] sums;

    private final int[] known;

    DailyGrowth(QuarterSeries past) {
        this.day = past.binsPerDay();
        this.sums = new double[past.size() + 1];
        this.known = new int[past.size() + 1];
        for (int bin = 0; bin < past.size(); bin++) {
            double value = past.values()[bin];
            sums[bin + 1] = sums[bin] + (Double.isNaN(value) ? 0 : value);
            known[bin + 1] = known[bin] + (Double.isNaN(value) ? 0 : 1);
        }
    }

    /** Natural logarithm of the factor from day to day, from the days before a bin; 0 without a trend. */
    double asOf(int bin) {
        int end = Math.min(bin, sums.length - 1);
        int days = end / day;
        double[] logs = new double[days];
        for (int back = 0; back < days; back++) {
            logs[days - 1 - back] = logOfMean(end - (back + 1) * day);
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

    private double logOfMean(int from) {
        double sum = sums[from + day] - sums[from];
        int values = known[from + day] - known[from];
        return values < KNOWN_SHARE * day || sum <= 0 ? Double.NaN : Math.log(sum / values);
    }
}
