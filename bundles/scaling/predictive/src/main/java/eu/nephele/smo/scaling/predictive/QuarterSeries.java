// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.LoadSeries;

/**
 * The past in bins of equal length that divide a day, usually quarters of an hour. What cannot be a demand counts as unknown.
 *
 * @param values by bin, oldest first; NaN where nothing is known
 * @param binsPerDay number of bins
 * @param endSeconds end of the last bin, seconds of the epoch
 * @param mean of the known values; 0 without any
 * @param known number of known values
 */
record QuarterSeries(double[] values, int binsPerDay, long endSeconds, double mean, int known) {

    private static final long DAY_SECONDS = 86_400;
    /** Bins longer than an hour do not show a day. */
    private static final int LEAST_PER_DAY = 24;

    static QuarterSeries of(LoadSeries past) {
        double[] values = past.values();
        double sum = 0;
        int known = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY) {
                sum += values[i];
                known++;
            } else {
                values[i] = Double.NaN;
            }
        }
        long step = past.step().toSeconds();
        boolean fits = step > 0 && DAY_SECONDS % step == 0 && DAY_SECONDS / step >= LEAST_PER_DAY;
        return new QuarterSeries(
                fits ? values : new double[0],
                fits ? (int) (DAY_SECONDS / step) : LEAST_PER_DAY,
                values.length == 0 ? 0 : past.at(values.length - 1).getEpochSecond(),
                known == 0 ? 0 : sum / known,
                fits ? known : 0);
    }

    int size() {
        return values.length;
    }

    double binSeconds() {
        return (double) DAY_SECONDS / binsPerDay;
    }

    /** Days of known values. */
    double days() {
        return (double) known / binsPerDay;
    }

    /** The bin, with a fraction, whose middle is at a time: {@code size() - 1} for the middle of the last one. */
    double position(double seconds) {
        return size() - 1 + (seconds - (endSeconds - binSeconds() / 2)) / binSeconds();
    }
}
