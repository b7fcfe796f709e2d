// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** The effective carbon intensity in g CO2eq/kWh: the average of the forecast if present, else the present value. */
final class CarbonIntensity {

    private static final double NANOS_PER_SECOND = 1e9;
    private final Duration horizon;

    CarbonIntensity(Duration horizon) {
        this.horizon = horizon;
    }

    /**
     * @return one value per cluster. A cluster without data counts as much as the dirtiest known one, so that missing
     *     data is never an advantage; 0 if no cluster has data.
     */
    double[] get(List<ClusterCapacity> clusters) {
        double dirtiest = 0;
        for (ClusterCapacity cluster : clusters) {
            dirtiest = Math.max(dirtiest, known(cluster.signals()).orElse(0));
        }
        double unknown = dirtiest;
        return clusters.stream()
                .mapToDouble(cluster -> known(cluster.signals()).orElse(unknown))
                .toArray();
    }

    private OptionalDouble known(ClusterSignals signals) {
        boolean forecast = !signals.forecast().isEmpty() && !horizon.isZero();
        return forecast ? OptionalDouble.of(average(signals.forecast())) : signals.carbonGramsPerKwh();
    }

    private double average(List<ForecastPoint> points) {
        Instant start = points.get(0).from();
        Instant end = start.plus(horizon);
        double weighted = 0;
        for (int i = 0; i < points.size() && points.get(i).from().isBefore(end); i++) {
            Instant next = i + 1 < points.size() ? points.get(i + 1).from() : end;
            Instant until = next.isBefore(end) ? next : end;
            weighted +=
                    points.get(i).carbonGramsPerKwh() * seconds(points.get(i).from(), until);
        }
        return weighted / seconds(start, end);
    }

    private static double seconds(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
    }
}
