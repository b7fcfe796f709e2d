// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

/**
 * How far demand was off the rhythm, as a share of it, and how long that lasts: of a deviation, {@code persistence} is left one bin later
 * (autoregression of first order). The errors of forecasts that were made this way at earlier times (rolling origin) are the uncertainty of
 * the next ones; each time of day has its own scale, as an hour with steep changes is less certain than a quiet one.
 */
final class RhythmErrors {

    /** Added to the rhythm so that quiet hours have finite shares, as a share of the mean. */
    private static final double FLOOR = 0.05;
    /** The same in requests per second: below it, demand is none, and a share of it would be no number. */
    private static final double LEAST_FLOOR = 1e-3;
    /** Bins ahead with errors of their own. */
    private static final int MOST_AHEAD = 4;
    /** Beyond so many times the usual deviation a value counts as just that. */
    private static final double OUTLIER = 4;

    private static final double MAD_TO_SIGMA = 1.4826;

    private final QuarterSeries past;
    private final DayRhythm rhythm;
    private final int first;
    private final double floor;
    private final double[] shares;
    private final double persistence;
    private final double[] scales;
    private final double[][] standardised;

    /** @param first the first bin whose rhythm is known from older days */
    RhythmErrors(QuarterSeries past, DayRhythm rhythm, int first) {
        this.past = past;
        this.rhythm = rhythm;
        this.first = first;
        this.floor = Math.max(FLOOR * past.mean(), LEAST_FLOOR);
        this.shares = shares();
        double limit = OUTLIER * usual();
        this.persistence = persistence(limit);
        this.scales = scales(limit);
        this.standardised = new double[MOST_AHEAD][];
        for (int ahead = 1; ahead <= MOST_AHEAD; ahead++) {
            standardised[ahead - 1] = standardised(ahead);
        }
    }

    /** What a share of deviation is taken of. */
    double base(double usual) {
        return usual + floor;
    }

    /** Deviation of a bin as a share, NaN where unknown. */
    double share(int bin) {
        return shares[bin];
    }

    /** What is left of a deviation after some bins, 0 to 1. */
    double left(double bins) {
        return Math.pow(persistence, bins);
    }

    /** Quantile of the error of a forecast, as a share of the base; 0 where no earlier error is known. Continuous in the bins. */
    double quantile(double level, double bins, double position) {
        double ahead = Math.max(1, Math.min(MOST_AHEAD, bins));
        int below = (int) ahead;
        int above = Math.min(MOST_AHEAD, below + 1);
        double low = standard(level, below);
        return (low + (ahead - below) * (standard(level, above) - low)) * scale(position);
    }

    private double standard(double level, int ahead) {
        double[] errors = standardised[ahead - 1];
        return errors.length == 0 ? 0 : OrderStatistics.quantileOfNext(errors, level);
    }

    /** The forecast of a bin from the one before; NaN where unknown. */
    double oneAhead(int bin) {
        double usual = rhythm.at(bin);
        return usual + base(usual) * persistence * shares[bin - 1];
    }

    private double[] shares() {
        double[] all = new double[past.size()];
        for (int bin = 0; bin < all.length; bin++) {
            double usual = bin < first ? Double.NaN : rhythm.at(bin);
            all[bin] = (past.values()[bin] - usual) / base(usual);
        }
        return all;
    }

    /** The median of the deviations, or their mean where most are hardly any. */
    private double usual() {
        double[] sizes = new double[shares.length - first];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(shares[first + i]);
            if (!Double.isNaN(sizes[i])) {
                sum += sizes[i];
                count++;
            }
        }
        return count == 0 ? 0 : Math.max(MAD_TO_SIGMA * OrderStatistics.median(sizes, 0, sizes.length), sum / count);
    }

    private static double limited(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }

    private double persistence(double limit) {
        double both = 0;
        double square = 0;
        for (int bin = first + 1; bin < shares.length; bin++) {
            double before = limited(shares[bin - 1], limit);
            double now = limited(shares[bin], limit);
            if (!Double.isNaN(before + now)) {
                both += before * now;
                square += before * before;
            }
        }
        return square == 0 ? 0 : Math.max(0, Math.min(1, both / square));
    }

    /** By time of day, from the bin itself and its neighbours, half of it from all. */
    private double[] scales(double limit) {
        int day = past.binsPerDay();
        double[] squares = new double[day];
        int[] counts = new int[day];
        double all = 0;
        int count = 0;
        for (int bin = first; bin < shares.length; bin++) {
            double share = limited(shares[bin], limit);
            if (!Double.isNaN(share)) {
                squares[bin % day] += share * share;
                counts[bin % day]++;
                all += share * share;
                count++;
            }
        }
        double[] scale = new double[day];
        for (int at = 0; at < day; at++) {
            int before = (at + day - 1) % day;
            int after = (at + 1) % day;
            int near = counts[before] + counts[at] + counts[after];
            double own = near == 0 ? 0 : (squares[before] + squares[at] + squares[after]) / near;
            double common = count == 0 ? 0 : all / count;
            scale[at] = Math.sqrt(near == 0 ? common : (own + common) / 2);
        }
        return scale;
    }

    private double scale(int bin) {
        return scales[Math.floorMod(bin, scales.length)];
    }

    private double scale(double position) {
        int below = (int) Math.floor(position);
        return scale(below) + (position - below) * (scale(below + 1) - scale(below));
    }

    private double[] standardised(int ahead) {
        double left = left(ahead);
        double[] errors = new double[Math.max(0, shares.length - first - ahead)];
        for (int i = 0; i < errors.length; i++) {
            int bin = first + ahead + i;
            double scale = scale(bin);
            errors[i] = scale == 0 ? 0 : (shares[bin] - left * shares[bin - ahead]) / scale;
        }
        return OrderStatistics.sorted(errors, 0, errors.length);
    }
}
