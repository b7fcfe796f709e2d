// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.carbon;

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

    private final boolean reference;
    private final CarbonIntensity intensity;
    private final EmissionCosts emissions;

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
        this.intensity = new CarbonIntensity(Duration.ofMinutes(forecastHorizonMinutes));
        this.emissions = new EmissionCosts(intensity, fallbackWattsPerCore);
    }

    /** The objective in mode {@code reference}, without a forecast. */
    public static CarbonObjective reference() {
        return new CarbonObjective("reference", 0, 0);
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        if (reference) {
            relative(request, costs);
        } else {
            emissions.fill(request, costs);
        }
    }

    private void relative(PlacementRequest request, CostTable costs) {
        double[] perCore = intensity.get(request.clusters());
        for (int c = 0; c < perCore.length; c++) {
            for (int s = 0; s < request.services().size(); s++) {
                double cores = request.services().get(s).demand().cpuMillis() / EmissionCosts.MILLIS_PER_CORE;
                costs.assign(s, c, perCore[c] * cores);
            }
        }
    }
}
