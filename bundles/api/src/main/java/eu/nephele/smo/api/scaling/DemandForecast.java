// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Expected demand of one service on all clusters, with its uncertainty, for the time ahead. Immutable.
 *
 * @see DemandForecaster
 */
public final class DemandForecast {

    private final Instant first;
    private final Duration step;
    private final double[] levels;
    private final float[][] quantiles;
    private final Quality quality;
    private final List<CallerShare> callers;
    private final double elsewhere;

    /**
     * How well the forecaster would have done lately.
     *
     * @param usable whether the forecast is to be relied on; false with too little history, or when it errs more than the present demand
     *     taken for the future's does
     * @param meanError mean absolute error of the median, requests per second, NaN when unknown
     * @param reactiveError the same of the present demand, NaN when unknown
     * @param reason for people
     */
    public record Quality(boolean usable, double meanError, double reactiveError, String reason) {}

    /**
     * What one caller sends.
     *
     * @param caller service id in the same graph
     * @param requestsPerRequest requests that this service gets for one that the caller gets
     */
    public record CallerShare(String caller, double requestsPerRequest) {}

    /**
     * @param first time of the first points
     * @param step distance of two points
     * @param levels ascending, each above 0 and below 1, at least one
     * @param quantiles by level, then by point: requests per second that demand stays below with that probability; as many points for
     *     each level, at least one
     * @param callers services of the graph whose requests cause this one's, as far as the past shows it
     * @param elsewhere requests per second that come beside those of the callers, 0 or more; 0 when there are no callers
     * @throws IllegalArgumentException if a number is not as described
     */
    public DemandForecast(
            Instant first,
            Duration step,
            double[] levels,
            float[][] quantiles,
            Quality quality,
            List<CallerShare> callers,
            double elsewhere) {
        this.first = first;
        this.step = step;
        this.levels = levels.clone();
        this.quantiles = Arrays.stream(quantiles).map(float[]::clone).toArray(float[][]::new);
        this.quality = quality;
        this.callers = List.copyOf(callers);
        this.elsewhere = elsewhere;
        check();
    }

    /** The same without demand from elsewhere. */
    public DemandForecast(
            Instant first,
            Duration step,
            double[] levels,
            float[][] quantiles,
            Quality quality,
            List<CallerShare> callers) {
        this(first, step, levels, quantiles, quality, callers, 0);
    }

    private void check() {
        if (levels.length == 0 || levels.length != quantiles.length || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException(
                    "Expected a positive step and points for each of at least one level, got %s, %d, %d"
                            .formatted(step, levels.length, quantiles.length));
        }
        if (!(elsewhere >= 0 && elsewhere < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Expected 0 or more requests/s from elsewhere, got " + elsewhere);
        }
        for (int l = 0; l < levels.length; l++) {
            boolean ascending = levels[l] > (l == 0 ? 0 : levels[l - 1]) && levels[l] < 1;
            if (!ascending || quantiles[l].length != quantiles[0].length || quantiles[l].length == 0) {
                throw new IllegalArgumentException(
                        "Expected ascending levels within 0 and 1 with as many points each, got %s"
                                .formatted(Arrays.toString(levels)));
            }
        }
    }

    public Instant first() {
        return first;
    }

    public Duration step() {
        return step;
    }

    /** Time of the last points. */
    public Instant until() {
        return first.plus(step.multipliedBy(points() - 1L));
    }

    /** Number of points of each level. */
    public int points() {
        return quantiles[0].length;
    }

    public double[] levels() {
        return levels.clone();
    }

    /** Requests per second at a point of a level. */
    public double value(int level, int point) {
        return quantiles[level][point];
    }

    public Quality quality() {
        return quality;
    }

    public List<CallerShare> callers() {
        return callers;
    }

    /** Requests per second that come beside those of the callers; 0 when there are no callers. */
    public double elsewhere() {
        return elsewhere;
    }

    /**
     * Requests per second that demand stays below with a probability, linear between points and between levels; beyond the outer levels
     * their values.
     *
     * @param level probability, 0 to 1
     * @param at within {@link #first()} and {@link #until()}; the nearer end outside
     */
    public double quantile(double level, Instant at) {
        double position = (double) Duration.between(first, at).toMillis() / step.toMillis();
        double inside = Math.max(0, Math.min(points() - 1.0, position));
        int point = (int) inside;
        int next = Math.min(points() - 1, point + 1);
        double share = inside - point;
        return (1 - share) * quantile(level, point) + share * quantile(level, next);
    }

    private double quantile(double level, int point) {
        int above = 0;
        while (above < levels.length && levels[above] < level) {
            above++;
        }
        if (above == 0 || above == levels.length) {
            return quantiles[Math.min(above, levels.length - 1)][point];
        }
        double share = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
        return (1 - share) * quantiles[above - 1][point] + share * quantiles[above][point];
    }

    /** The highest quantile of a time span, both ends included. */
    public double peak(double level, Instant from, Instant to) {
        double peak = Math.max(quantile(level, from), quantile(level, to));
        for (int point = 0; point < points(); point++) {
            Instant at = first.plus(step.multipliedBy(point));
            if (at.isAfter(from) && at.isBefore(to)) {
                peak = Math.max(peak, quantile(level, point));
            }
        }
        return peak;
    }
}
