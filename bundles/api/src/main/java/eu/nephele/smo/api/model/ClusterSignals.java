// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What using a cluster costs the planet and the purse, now and as forecast.
 *
 * @param carbonGramsPerKwh carbon intensity of its electricity in gCO2eq/kWh
 * @param renewableShare share of renewable energy, 0 to 1
 * @param pricePerCpuHour currency units per core and hour
 * @param forecast carbon intensity to expect, in time order; empty when nobody forecasts. It begins now: the first point is the
 *     present, also where the hour began earlier
 */
public record ClusterSignals(
        OptionalDouble carbonGramsPerKwh,
        OptionalDouble renewableShare,
        OptionalDouble pricePerCpuHour,
        List<ForecastPoint> forecast) {

    public static final ClusterSignals UNKNOWN =
            new ClusterSignals(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    public ClusterSignals {
        forecast = List.copyOf(forecast);
    }

    /**
     * @param from start of the interval, which ends where the next point begins
     * @param carbonGramsPerKwh expected carbon intensity, gCO2eq/kWh
     */
    public record ForecastPoint(Instant from, double carbonGramsPerKwh) {}
}
