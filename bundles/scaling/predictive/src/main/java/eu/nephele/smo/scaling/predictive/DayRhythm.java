// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

/**
 * The usual demand at a time of day: the weighted median of earlier days at the same time, so that a crowd or a failure of one day does not
 * count. Days that are like the same weekday of the week before weigh more, so that a weekend does not look like a weekday, without
 * anybody saying which days are which. Every value is computed from older days only.
 */
final class DayRhythm {

    /** Older days weigh less: half after about two weeks. */
    private static final double PER_DAY = 0.95;
    /** A block shares the weights of its days. */
    private static final int BLOCKS_PER_DAY = 4;
    /** Least share of common bins of two days that can be compared. */
    private static final double COMPARABLE = 0.5;

    /** Shares of the level by which days of a kind differ at least and at most. */
    private static final double ALIKE = 0.05;

    private static final double UNLIKE = 0.15;
    /** Days of a kind differ at most by so many times the usual step from bin to bin. */
    private static final double NOISE = 1.5;

    private static final int WEEK_DAYS = 7;
    private static final double NOTHING = 1e-9;

    private final QuarterSeries past;
    private final int day;
    private final int first;
    private final DailyGrowth growth;
    private final double[] usual;

    /**
     * @param first the first bin that is wanted, two days or more after the beginning
     * @param bins number of bins beyond the last one that are wanted, at most a day
     */
    DayRhythm(QuarterSeries past, int first, int bins) {
        this.past = past;
        this.day = past.binsPerDay();
        this.growth = new DailyGrowth(past);
        this.first = first;
        this.usual = new double[past.size() + bins];
        int end = past.size();
        fill(end, end + bins);
        int block = day / BLOCKS_PER_DAY;
        for (int to = end; to > first; to -= block) {
            fill(Math.max(first, to - block), to);
        }
    }

    /** @return the usual demand of a bin, NaN where it is unknown */
    double at(int bin) {
        return usual[bin];
    }

    /** Linear between the middles of bins; the nearest one outside of those that are wanted, the mean where no day is known. */
    double at(double position) {
        double inside = Math.max(first, Math.min(usual.length - 1.0, position));
        int below = (int) inside;
        int above = Math.min(usual.length - 1, below + 1);
        double low = Double.isNaN(usual[below]) ? usual[above] : usual[below];
        double high = Double.isNaN(usual[above]) ? low : usual[above];
        return Double.isNaN(low) ? past.mean() : low + (inside - below) * (high - low);
    }

    /**
     * How far demand within bins may be from the line between their middles: means of bins do not say when in a bin a step comes, so that a
     * step is off the line by up to half its height.
     */
    double bend(double position) {
        int below = (int) Math.max(first + 1.0, Math.min(usual.length - 2.0, position));
        return Math.max(bend(below), bend(Math.min(usual.length - 2, below + 1)));
    }

    private double bend(int bin) {
        double bend = Math.abs(usual[bin - 1] - 2 * usual[bin] + usual[bin + 1]) / 2;
        return Double.isNaN(bend) ? 0 : bend;
    }

    private void fill(int from, int to) {
        int lags = Math.max(0, Math.min(from / day, past.size() / day));
        double[] weights = weights(from, lags);
        double[] grown = new double[lags];
        double perDay = growth.asOf(from);
        for (int lag = 1; lag <= lags; lag++) {
            grown[lag - 1] = Math.exp(perDay * lag);
        }
        double[] values = new double[lags];
        double[] counted = new double[lags];
        for (int bin = from; bin < to; bin++) {
            int count = 0;
            for (int lag = 1; lag <= lags; lag++) {
                double value = past.values()[bin - lag * day];
                if (!Double.isNaN(value) && weights[lag - 1] > NOTHING) {
                    values[count] = value * grown[lag - 1];
                    counted[count++] = weights[lag - 1];
                }
            }
            usual[bin] = count == 0 ? Double.NaN : OrderStatistics.weightedMedian(values, counted, count);
        }
    }

    /** By distance from the same day of the week before; that of the nearest day, within reason, is the scale. */
    private double[] weights(int origin, int lags) {
        double[] weights = new double[lags];
        double[] distances = new double[lags];
        double nearest = Double.MAX_VALUE;
        for (int lag = 1; lag <= lags; lag++) {
            weights[lag - 1] = Math.pow(PER_DAY, lag);
            distances[lag - 1] = lags < WEEK_DAYS || lag == WEEK_DAYS ? 0 : distance(origin, lag);
            if (distances[lag - 1] > 0) {
                nearest = Math.min(nearest, distances[lag - 1]);
            }
        }
        double scale = lags < WEEK_DAYS ? nearest : scale(origin, nearest);
        for (int lag = 1; lag <= lags; lag++) {
            double beyond = Math.max(0, distances[lag - 1] / scale - 1);
            weights[lag - 1] *= Math.exp(-beyond * beyond / 2);
        }
        return weights;
    }

    /** Days are alike that differ by some per cent, or by as much as neighbouring bins do, which is noise. */
    private double scale(int origin, double nearest) {
        double level = 0;
        double steps = 0;
        int count = 0;
        for (int bin = Math.max(1, origin - day / 2 - WEEK_DAYS * day);
                bin < origin + day / 2 - WEEK_DAYS * day;
                bin++) {
            double step = Math.abs(past.values()[bin] - past.values()[bin - 1]);
            if (!Double.isNaN(step)) {
                level += past.values()[bin];
                steps += step;
                count++;
            }
        }
        if (count == 0 || level == 0) {
            return nearest;
        }
        double least = Math.max(steps, ALIKE * level) / count;
        double most = Math.max(NOISE * steps, UNLIKE * level) / count;
        return Math.max(least, Math.min(most, nearest));
    }

    /** Mean difference of a day around the origin, some days ago, from that of a week ago; infinite where too little is known. */
    private double distance(int origin, int lag) {
        int from = Math.max(origin - day / 2, Math.max(lag, WEEK_DAYS) * day);
        int to = origin + day / 2;
        double sum = 0;
        int count = 0;
        for (int bin = from; bin < to; bin++) {
            double difference = past.values()[bin - lag * day] - past.values()[bin - WEEK_DAYS * day];
            if (!Double.isNaN(difference)) {
                sum += Math.abs(difference);
                count++;
            }
        }
        return count < COMPARABLE * (to - from) || count == 0 ? Double.MAX_VALUE : sum / count;
    }
}
