// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import org.osgi.service.component.annotations.Component;

/**
 * Prefers clusters with relatively more free capacity. A service on a cluster costs the share of the cluster that would be in
 * use with it there: {@code (allocatable − free + demand) / allocatable}, the larger of CPU and memory. Without unit, 0 to 1
 * where the service fits. A resource whose allocatable amount is zero or unlimited is ignored.
 */
@Component(
        property = {PlacementObjective.NAME + "=" + BalanceObjective.NAME, PlacementObjective.UNIT + "=share in use"})
public final class BalanceObjective implements PlacementObjective {

    static final String NAME = "balance";

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        for (int s = 0; s < request.services().size(); s++) {
            PlacementService service = request.services().get(s);
            for (int c = 0; c < request.clusters().size(); c++) {
                costs.assign(s, c, shareInUse(request.clusters().get(c), service.demand()));
            }
        }
    }

    private static double shareInUse(ClusterCapacity cluster, Resources demand) {
        Resources all = cluster.allocatable();
        Resources free = cluster.free();
        return Math.max(
                share(all.cpuMillis(), free.cpuMillis(), demand.cpuMillis()),
                share(all.memoryBytes(), free.memoryBytes(), demand.memoryBytes()));
    }

    private static double share(long allocatable, long free, long demand) {
        if (allocatable == 0 || allocatable == Resources.UNLIMITED) {
            return 0;
        }
        double used = Math.max(0, (double) allocatable - free);
        return (used + demand) / allocatable;
    }
}
