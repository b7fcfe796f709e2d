// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Component;

/**
 * Price of the CPU that services request: currency units per hour. A cluster without a known price is taken to cost as much as
 * the most expensive known one, so that missing data is never an advantage.
 */
@Component(property = {PlacementObjective.NAME + "=" + PriceObjective.NAME, PlacementObjective.UNIT + "=currency/h"})
public final class PriceObjective implements PlacementObjective {

    static final String NAME = "price";
    private static final double MILLIS_PER_CORE = 1000;

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        double dearest = request.clusters().stream()
                .mapToDouble(cluster -> pricePerCpuHour(cluster, 0))
                .max()
                .orElse(0);
        for (int c = 0; c < request.clusters().size(); c++) {
            double perCore = pricePerCpuHour(request.clusters().get(c), dearest);
            for (int s = 0; s < request.services().size(); s++) {
                double cores = request.services().get(s).demand().cpuMillis() / MILLIS_PER_CORE;
                costs.assign(s, c, perCore * cores);
            }
        }
    }

    private static double pricePerCpuHour(ClusterCapacity cluster, double unknown) {
        return cluster.signals().pricePerCpuHour().orElse(unknown);
    }
}
