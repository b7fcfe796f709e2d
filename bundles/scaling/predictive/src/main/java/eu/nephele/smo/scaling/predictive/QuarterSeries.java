// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.LoadSeries;

/**
 * The past in bins of equal length that divide a day, usually quarters of an hour. What cannot be a demand counts as unknown.
 */
final class QuarterSeries {

    private static final long DAY_SECONDS = 86_400;
    /** Bins longer than an hour do not show a day. */
    private static final int LEAST_PER_DAY = 24;

    private final double[] values;
    private final int binsPerDay;
    private final long endSeconds;
    private final double mean;
    private final int known;

    private QuarterSeries(double[] values, int binsPerDay, long endSeconds, double mean, int known) {
        this.values = values;
        this.binsPerDay = binsPerDay;
        this.endSeconds = endSeconds;
        this.mean = mean;
        this.known = known;
    }

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

    /** By bin, oldest first; NaN where nothing is known. Not to be changed. */
    double[] values() {
        return values;
    }

    int binsPerDay() {
        return binsPerDay;
    }

    /** End of the last bin, seconds of the epoch. */
    long endSeconds() {
        return endSeconds;
    }

    /** Of the known values; 0 without any. */
    double mean() {
        return mean;
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
