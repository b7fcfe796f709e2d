// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Times and levels of a forecast.
 *
 * @param from time of the forecast, its first point
 * @param step distance of two points
 * @param count number of points
 */
record ForecastPoints(Instant from, Duration step, int count) {

    private static final double[] LEVELS = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
    private static final Duration BY_MINUTES = Duration.ofHours(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    /** Demand beyond it is no demand of requests. */
    private static final double MOST = 1e30;

    static ForecastPoints upTo(Instant from, Duration horizon) {
        Duration step = horizon.compareTo(BY_MINUTES) <= 0 ? MINUTE : FIVE_MINUTES;
        long steps = (horizon.toMillis() + step.toMillis() - 1) / step.toMillis();
        return new ForecastPoints(from, step, (int) Math.max(1, steps + 1));
    }

    double horizonSeconds() {
        return (count - 1.0) * step.toSeconds();
    }

    /** @param quantiles demand by level, for some seconds from the time of the forecast */
    DemandForecast fill(DoubleFunction<DoubleUnaryOperator> quantiles, Quality quality, CallerDemand callers) {
        float[][] demands = new float[LEVELS.length][count];
        for (int point = 0; point < count; point++) {
            DoubleUnaryOperator byLevel = quantiles.apply((double) point * step.toSeconds());
            double below = 0;
            for (int level = 0; level < LEVELS.length; level++) {
                double demand = byLevel.applyAsDouble(LEVELS[level]);
                // never below a lower level: errors of several sources are combined
                below = Math.max(below, Math.min(MOST, demand));
                demands[level][point] = (float) below;
            }
        }
        return new DemandForecast(from, step, LEVELS, demands, quality, callers.shares(), callers.elsewhere());
    }
}
