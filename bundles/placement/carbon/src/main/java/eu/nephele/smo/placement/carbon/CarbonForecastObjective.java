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
 * Carbon emissions over the expected life of the services: mean kg CO2eq per hour of the configured horizon, so that it
 * compares with {@code carbon}, which looks at the next hour.
 *
 * <p>The intensity of a cluster is the time-weighted mean of its forecast over the horizon. The last value of a shorter forecast
 * counts until the horizon ends; a cluster without a forecast keeps its present intensity, one without any data counts as the
 * dirtiest known one.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.carbon.forecast",
        property = {
            PlacementObjective.NAME + "=" + CarbonForecastObjective.NAME,
            PlacementObjective.UNIT + "=kg CO2eq/h"
        })
@Designate(ocd = CarbonForecastConfig.class)
public final class CarbonForecastObjective implements PlacementObjective {

    static final String NAME = "carbonForecast";

    private final EmissionCosts emissions;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public CarbonForecastObjective(CarbonForecastConfig config) {
        this(config.horizonHours(), config.fallbackWattsPerCore());
    }

    CarbonForecastObjective(int horizonHours, double fallbackWattsPerCore) {
        if (horizonHours < 1 || !(fallbackWattsPerCore >= 0) || Double.isInfinite(fallbackWattsPerCore)) {
            throw new IllegalArgumentException(
                    "Expected horizonHours >= 1 and a finite fallbackWattsPerCore >= 0, got horizonHours=%d fallbackWattsPerCore=%s"
                            .formatted(horizonHours, fallbackWattsPerCore));
        }
        this.emissions = new EmissionCosts(new CarbonIntensity(Duration.ofHours(horizonHours)), fallbackWattsPerCore);
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        emissions.fill(request, costs);
    }
}
