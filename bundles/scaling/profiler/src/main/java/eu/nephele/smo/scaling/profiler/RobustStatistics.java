// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.util.Arrays;

/** Location and spread that a few wild values do not move. */
final class RobustStatistics {

    /** The median absolute deviation of a normal distribution is its standard deviation divided by this. */
    private static final double MAD_TO_DEVIATION = 1.4826;

    /** Quantile of the normal distribution for 95 %, two-sided 90 %. */
    static final double NORMAL_95 = 1.6449;

    private RobustStatistics() {}

    /** The value below which a share of the values is, linear between two; NaN of none. */
    static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** Standard deviation of a normal distribution with the same median absolute deviation. */
    static double spread(double[] values) {
        double middle = median(values);
        return MAD_TO_DEVIATION
                * median(Arrays.stream(values)
                        .map(value -> Math.abs(value - middle))
                        .toArray());
    }

    /**
     * Two-sided quantile of Student's t for a confidence of 90 %: the expansion of Fisher and Cornish from the normal one, within
     * 1 % from 3 degrees of freedom on.
     */
    static double t90(double degrees) {
        return t(NORMAL_95, degrees);
    }

    /** @param z quantile of the normal distribution */
    static double t(double z, double degrees) {
        double n = Math.max(1, degrees);
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }

    /** Quantile of the normal distribution for a share of 0.5 to 0.99 (Abramowitz and Stegun 26.2.23, error below 0.00045). */
    static double normal(double share) {
        if (!(share >= 0.5 && share <= 0.99)) {
            throw new IllegalArgumentException("Expected a share of 0.5 to 0.99, got " + share);
        }
        double t = Math.sqrt(-2 * Math.log(1 - share));
        double above = 2.515517 + 0.802853 * t + 0.010328 * t * t;
        double below = 1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t;
        return Math.max(0, t - above / below);
    }
}
