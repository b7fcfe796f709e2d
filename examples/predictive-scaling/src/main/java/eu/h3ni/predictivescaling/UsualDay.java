// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What demand usually is at each hour of the day, and how far it is off that. Medians and quantiles, so that one night of failure or one
 * crowd does not count.
 */
final class UsualDay {

    private static final int HOURS = 24;
    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();
    /** Measurements that an hour needs before it counts: of two days. */
    private static final int LEAST = 8;

    private final double[] medians = new double[HOURS];
    private final List<Double> deviations = new ArrayList<>();

    UsualDay(List<LoadPoint> past) {
        List<List<Double>> byHour = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            byHour.add(new ArrayList<>());
        }
        past.forEach(point -> byHour.get(hourOf(point.at())).add(point.perSecond()));
        for (int hour = 0; hour < HOURS; hour++) {
            List<Double> values = byHour.get(hour).stream().sorted().toList();
            double median = values.size() < LEAST ? Double.NaN : quantile(values, 0.5);
            medians[hour] = median;
            if (!Double.isNaN(median)) {
                values.forEach(value -> deviations.add(value - median));
            }
        }
        deviations.sort(null);
    }

    /** Whether every hour has been seen often enough. */
    boolean isKnown() {
        for (double median : medians) {
            if (Double.isNaN(median)) {
                return false;
            }
        }
        return true;
    }

    double median(Instant at) {
        return medians[hourOf(at)];
    }

    double demand(Instant at, double level) {
        return Math.max(0, median(at) + quantile(deviations, level));
    }

    private static int hourOf(Instant at) {
        // a value is the mean of the time before it
        return (int) (Math.floorMod(at.getEpochSecond() - 1, HOURS * HOUR_SECONDS) / HOUR_SECONDS);
    }

    /** The smallest value that is not below this share of the values. */
    private static double quantile(List<Double> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, Math.min(sorted.size(), rank) - 1));
    }
}
