// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Environmental and monetary cost of using a cluster, now and as forecast. An unknown value is empty, which is not 0. Electric
 * power is in {@link EnergyProfile} (watts), latency between clusters in
 * {@link eu.nephele.smo.api.placement.PlacementRequest#latencyMillis(int, int)} (milliseconds from one to the other, as the source
 * measures it).
 *
 * @param carbonGramsPerKwh carbon intensity of its electricity in gCO2eq/kWh, 0 or more
 * @param renewableShare share of renewable energy, 0 to 1
 * @param pricePerCpuHour price of one core for one hour, 0 or more, in the currency that the signal source uses for all clusters; the
 *     SMO compares prices and never converts them
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
