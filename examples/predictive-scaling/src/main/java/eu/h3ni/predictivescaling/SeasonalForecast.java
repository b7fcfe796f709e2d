// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Forecast of the load by the same part of earlier periods. Medians and quantiles, so that one night of failure
 * or one crowd does not count.
 */
final class SeasonalForecast {

    private final PredictiveParameters parameters;
    private final double[] usual;
    private final double deviation;

    SeasonalForecast(List<LoadPoint> history, PredictiveParameters parameters) {
        this.parameters = parameters;
        List<List<Double>> byPhase = new ArrayList<>();
        for (int phase = 0; phase < parameters.phases(); phase++) {
            byPhase.add(new ArrayList<>());
        }
        history.stream()
                .filter(point -> Double.isFinite(point.perSecond()))
                .forEach(point -> byPhase.get(phaseOf(point.at())).add(point.perSecond()));
        this.usual = byPhase.stream()
                .mapToDouble(values -> values.size() < parameters.minSamples() ? Double.NaN : quantile(values, 0.5))
                .toArray();
        List<Double> deviations = new ArrayList<>();
        for (int phase = 0; phase < usual.length; phase++) {
            double median = usual[phase];
            if (!Double.isNaN(median)) {
                byPhase.get(phase).forEach(value -> deviations.add(value - median));
            }
        }
        this.deviation = deviations.isEmpty() ? 0 : Math.max(0, quantile(deviations, parameters.quantile()));
    }

    /** The highest expected load from now until the horizon; empty without history of any part of it. */
    OptionalDouble peak(Instant now) {
        Duration part = parameters.period().dividedBy(parameters.phases());
        Instant end = now.plus(parameters.horizon());
        double highest = Double.NaN;
        for (Instant at = now; !at.isAfter(end); at = at.plus(part)) {
            highest = larger(highest, usual[phaseOf(at)]);
        }
        highest = larger(highest, usual[phaseOf(end)]);
        return Double.isNaN(highest) ? OptionalDouble.empty() : OptionalDouble.of(highest + deviation);
    }

    private int phaseOf(Instant at) {
        long period = parameters.period().toMillis();
        return (int) (Math.floorMod(at.toEpochMilli(), period) * parameters.phases() / period);
    }

    private static double larger(double one, double other) {
        return Double.isNaN(other) || one >= other ? one : other;
    }

    /** The smallest value that is not below this share of the values. */
    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, Math.min(sorted.size(), rank) - 1));
    }
}
