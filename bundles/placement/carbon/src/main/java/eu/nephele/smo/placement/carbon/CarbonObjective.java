// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Carbon emissions: kg CO2eq per hour.
 *
 * <p>A service costs the power of its requested cores, {@code (peak − idle) / cores of the cluster} each, times the carbon
 * intensity of the cluster's electricity. Using an unoccupied cluster costs its idle power. In mode {@code reference} the
 * carbon signal is a relative cost of one core, and a service costs that times its cores.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.carbon",
        property = {PlacementObjective.NAME + "=" + CarbonObjective.NAME, PlacementObjective.UNIT + "=kg CO2eq/h"})
@Designate(ocd = CarbonConfig.class)
public final class CarbonObjective implements PlacementObjective {

    static final String NAME = "carbon";

    /** W × g/kWh are thousandths of a gram per hour, a millionth of a kilogram. */
    private static final double KILOGRAMS_PER_HOUR = 1e-6;

    private static final double MILLIS_PER_CORE = 1000;

    private final boolean reference;
    private final double fallbackWattsPerCore;
    private final CarbonIntensity intensity;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public CarbonObjective(CarbonConfig config) {
        this(config.mode(), config.forecastHorizonMinutes(), config.fallbackWattsPerCore());
    }

    CarbonObjective(String mode, int forecastHorizonMinutes, double fallbackWattsPerCore) {
        boolean known = mode.equals("physical") || mode.equals("reference");
        if (!known || forecastHorizonMinutes < 0 || !(fallbackWattsPerCore >= 0)) {
            throw new IllegalArgumentException(
                    "Expected mode physical or reference, forecastHorizonMinutes >= 0, fallbackWattsPerCore >= 0;"
                            + " got mode=%s forecastHorizonMinutes=%d fallbackWattsPerCore=%s"
                                    .formatted(mode, forecastHorizonMinutes, fallbackWattsPerCore));
        }
        this.reference = mode.equals("reference");
        this.fallbackWattsPerCore = fallbackWattsPerCore;
        this.intensity = new CarbonIntensity(Duration.ofMinutes(forecastHorizonMinutes));
    }

    /** The objective in mode {@code reference}, without a forecast. */
    public static CarbonObjective reference() {
        return new CarbonObjective("reference", 0, 0);
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        double[] intensities = intensity.get(request.clusters());
        for (int c = 0; c < intensities.length; c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            double perCore = reference ? intensities[c] : wattsPerCore(cluster) * intensities[c] * KILOGRAMS_PER_HOUR;
            for (int s = 0; s < request.services().size(); s++) {
                double cores = request.services().get(s).demand().cpuMillis() / MILLIS_PER_CORE;
                costs.assign(s, c, perCore * cores);
            }
            if (!reference && !cluster.occupied()) {
                costs.open(c, cluster.energy().idleWatts() * intensities[c] * KILOGRAMS_PER_HOUR);
            }
        }
    }

    private double wattsPerCore(ClusterCapacity cluster) {
        double cores = cluster.allocatable().cpuMillis() / MILLIS_PER_CORE;
        EnergyProfile energy = cluster.energy();
        return energy.peakWatts() == 0 || cores == 0
                ? fallbackWattsPerCore
                : (energy.peakWatts() - energy.idleWatts()) / cores;
    }
}
