// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Prefers clusters on which a service has room to grow. A service on a cluster costs the share of the cluster's free capacity
 * that it would take with its largest number of replicas, of its dominant resource (Ghodsi et al.: Dominant Resource Fairness,
 * 2011): 0 to 1, and 1 also where it would not fit. A placement problem tells the replicas to be placed, not how many there may
 * be; the largest number is taken to be a configured multiple of them, of one replica where none is to be placed. A resource
 * whose free amount is unlimited does not count.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.objectives.headroom",
        property = {
            PlacementObjective.NAME + "=" + HeadroomObjective.NAME,
            PlacementObjective.UNIT + "=share of free capacity"
        })
@Designate(ocd = HeadroomConfig.class)
public final class HeadroomObjective implements PlacementObjective {

    static final String NAME = "headroom";

    private final double growthFactor;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public HeadroomObjective(HeadroomConfig config) {
        this(config.growthFactor());
    }

    HeadroomObjective(double growthFactor) {
        if (!(growthFactor >= 1) || Double.isInfinite(growthFactor)) {
            throw new IllegalArgumentException("Expected a finite growthFactor >= 1, got %s".formatted(growthFactor));
        }
        this.growthFactor = growthFactor;
    }

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        List<Map<String, Long>> free = request.clusters().stream()
                .map(cluster -> cluster.free().byName())
                .toList();
        for (int s = 0; s < request.services().size(); s++) {
            PlacementService service = request.services().get(s);
            Map<String, Long> perReplica = service.perReplica().byName();
            double replicas = growthFactor * Math.max(1, service.replicas());
            for (int c = 0; c < free.size(); c++) {
                costs.assign(s, c, dominantShare(perReplica, replicas, free.get(c)));
            }
        }
    }

    private static double dominantShare(Map<String, Long> perReplica, double replicas, Map<String, Long> free) {
        double largest = 0;
        for (Map.Entry<String, Long> demand : perReplica.entrySet()) {
            long offered = free.getOrDefault(demand.getKey(), 0L);
            if (offered != Resources.UNLIMITED) {
                largest = Math.max(largest, offered == 0 ? 1 : replicas * demand.getValue() / offered);
            }
        }
        return Math.min(1, largest);
    }
}
