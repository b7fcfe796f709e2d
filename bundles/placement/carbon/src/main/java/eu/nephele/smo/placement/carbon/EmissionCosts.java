// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementRequest;

/**
 * Emissions of a placement in kg CO2eq per hour: a service costs the power of the cores that it requests times the carbon
 * intensity of the cluster's electricity, using an unoccupied cluster its idle power times the same.
 */
final class EmissionCosts {

    static final double MILLIS_PER_CORE = 1000;

    /** W × g/kWh are thousandths of a gram per hour, a millionth of a kilogram. */
    private static final double KILOGRAMS_PER_HOUR = 1e-6;

    private final CarbonIntensity intensity;
    private final double fallbackWattsPerCore;

    /** @param fallbackWattsPerCore power of one busy core where that of the cluster is unknown, W */
    EmissionCosts(CarbonIntensity intensity, double fallbackWattsPerCore) {
        this.intensity = intensity;
        this.fallbackWattsPerCore = fallbackWattsPerCore;
    }

    void fill(PlacementRequest request, CostTable costs) {
        double[] intensities = intensity.get(request.clusters());
        for (int c = 0; c < intensities.length; c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            double wattsPerCore = cluster.energy()
                    .wattsPerCore(cluster.allocatable().cpuMillis())
                    .orElse(fallbackWattsPerCore);
            double perCore = wattsPerCore * intensities[c] * KILOGRAMS_PER_HOUR;
            for (int s = 0; s < request.services().size(); s++) {
                double cores = request.services().get(s).demand().cpuMillis() / MILLIS_PER_CORE;
                costs.assign(s, c, perCore * cores);
            }
            if (!cluster.occupied()) {
                costs.open(c, cluster.energy().idleWatts() * intensities[c] * KILOGRAMS_PER_HOUR);
            }
        }
    }
}
