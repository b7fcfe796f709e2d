// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** The carbon intensity for the decision, g CO2eq/kWh: the mean of the forecast over the horizon, else the present value. */
final class CarbonForecast {

    private final Instant from;
    private final Instant until;

    CarbonForecast(Instant now, Duration horizon) {
        this.from = now;
        this.until = now.plus(horizon);
    }

    /** One value per cluster. An unknown one counts as the dirtiest known one, so that silence is no advantage. */
    double[] of(List<ClusterCapacity> clusters) {
        double dirtiest = clusters.stream()
                .mapToDouble(cluster -> known(cluster.signals()).orElse(0))
                .max()
                .orElse(0);
        return clusters.stream()
                .mapToDouble(cluster -> known(cluster.signals()).orElse(dirtiest))
                .toArray();
    }

    private OptionalDouble known(ClusterSignals signals) {
        List<ForecastPoint> points = signals.forecast();
        double weighted = 0;
        double seconds = 0;
        for (int i = 0; i < points.size(); i++) {
            Instant start = later(points.get(i).from(), from);
            Instant end = i + 1 < points.size() ? earlier(points.get(i + 1).from(), until) : until;
            if (start.isBefore(end)) {
                double span = Duration.between(start, end).toMillis() / 1000.0;
                weighted += span * points.get(i).carbonGramsPerKwh();
                seconds += span;
            }
        }
        return seconds > 0 ? OptionalDouble.of(weighted / seconds) : signals.carbonGramsPerKwh();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
