// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.LoadSeries;

/**
 * What the minutes of the last hours say: how far demand is off its rhythm now, by the median of some minutes so that one wrong value does
 * not count, and how much single minutes scatter around the mean of a quarter of an hour.
 *
 * @param offShare deviation from the rhythm as a share; NaN when unknown
 * @param ageSeconds how old the deviation is at the time of the forecast
 * @param scatter deviations of minutes as a share, ascending; empty when unknown
 */
@SuppressWarnings("ArrayRecordComponent") // lives as long as one forecast
record PresentLevel(double offShare, double ageSeconds, double[] scatter) {

    private static final int LEVEL_SECONDS = 600;
    private static final int LEAST_VALUES = 3;
    private static final int SCATTER_SECONDS = 900;
    private static final int LEAST_SCATTER = 15;

    /**
     * @param nowSeconds time of the forecast, seconds of the epoch
     * @param past gives the rhythm its times
     */
    static PresentLevel of(
            LoadSeries recent, double nowSeconds, QuarterSeries past, DayRhythm rhythm, RhythmErrors errors) {
        double[] values = recent.values();
        double step = recent.step().toMillis() / 1000.0;
        double first = values.length == 0 ? 0 : recent.at(0).getEpochSecond() - step / 2;
        double[] expected = new double[values.length];
        double[] shares = new double[values.length];
        double[] times = new double[values.length];
        double[] bends = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            times[i] = first + i * step;
            double position = past.position(times[i]);
            expected[i] = rhythm.at(position);
            bends[i] = rhythm.bend(position) / errors.base(expected[i]);
            boolean demand = values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY;
            shares[i] = demand ? (values[i] - expected[i]) / errors.base(expected[i]) : Double.NaN;
        }
        int from = values.length;
        while (from > 0 && times[from - 1] > nowSeconds - LEVEL_SECONDS) {
            from--;
        }
        double[] lately = OrderStatistics.sorted(shares, from, values.length);
        return new PresentLevel(
                lately.length < LEAST_VALUES ? Double.NaN : OrderStatistics.quantile(lately, 0.5),
                LEVEL_SECONDS / 2.0,
                scatter(shares, bends, (int) Math.max(1, Math.round(SCATTER_SECONDS / step))));
    }

    /**
     * Deviations from the mean of a window around each value, from the half of the values where the rhythm bends least: where a step comes
     * a minute earlier or later than usual, deviations are the step's and no scatter.
     */
    private static double[] scatter(double[] shares, double[] bends, int window) {
        double calm = OrderStatistics.median(bends, 0, bends.length);
        int half = window / 2;
        double[] off = new double[shares.length];
        for (int i = 0; i < shares.length; i++) {
            double sum = 0;
            int count = 0;
            for (int near = Math.max(0, i - half); near <= Math.min(shares.length - 1, i + half); near++) {
                if (!Double.isNaN(shares[near])) {
                    sum += shares[near];
                    count++;
                }
            }
            // a value is part of its mean, which takes a part of its deviation away
            boolean counts = count > 1 && bends[i] <= calm;
            off[i] = counts ? (shares[i] - sum / count) * Math.sqrt(count / (count - 1.0)) : Double.NaN;
        }
        double[] sorted = OrderStatistics.sorted(off, 0, off.length);
        return sorted.length < LEAST_SCATTER ? new double[0] : sorted;
    }
}
