// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.time.Duration;
import java.time.Instant;

/** Power and carbon of the services of one request on each of its clusters. */
final class Energy {

    private static final double MILLIS_PER_CORE = 1000;
    private static final double WATTS_PER_KILOWATT = 1000;

    private final PlacementRequest request;
    private final double fallbackWattsPerCore;
    private final double[] gramsPerKwh;

    Energy(PlacementRequest request, EnergyAwareParameters parameters, Instant now) {
        this.request = request;
        this.fallbackWattsPerCore = parameters.fallbackWattsPerCore();
        this.gramsPerKwh =
                new CarbonForecast(now, Duration.ofMinutes(parameters.horizonMinutes())).of(request.clusters());
    }

    /** Watts that all replicas of a service draw on a cluster. */
    double watts(int service, int cluster) {
        double cores = request.services().get(service).demand().cpuMillis() / MILLIS_PER_CORE;
        return cores * wattsPerCore(request.clusters().get(cluster));
    }

    /** Watts that a cluster draws as soon as anything runs there; 0 when something runs there already. */
    double idleWatts(int cluster) {
        ClusterCapacity capacity = request.clusters().get(cluster);
        return capacity.occupied() ? 0 : capacity.energy().idleWatts();
    }

    /** Grams of CO2eq per hour. */
    double grams(double watts, int cluster) {
        return watts / WATTS_PER_KILOWATT * gramsPerKwh[cluster];
    }

    /** Watts that do not come from renewable sources; all of them where the share is unknown. */
    double fossilWatts(double watts, int cluster) {
        return watts
                * (1
                        - request.clusters()
                                .get(cluster)
                                .signals()
                                .renewableShare()
                                .orElse(0));
    }

    private double wattsPerCore(ClusterCapacity cluster) {
        double cores = cluster.allocatable().cpuMillis() / MILLIS_PER_CORE;
        EnergyProfile energy = cluster.energy();
        return energy.peakWatts() == 0 || cores == 0
                ? fallbackWattsPerCore
                : (energy.peakWatts() - energy.idleWatts()) / cores;
    }
}
