// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Component;

/**
 * Counts services that leave their cluster: 1 each, of a divided service the part of its replicas that goes to a new cluster. New
 * services, and those of removed clusters, cost nothing anywhere.
 */
@Component(
        property = {PlacementObjective.NAME + "=" + MovesObjective.NAME, PlacementObjective.UNIT + "=moved services"})
public final class MovesObjective implements PlacementObjective {

    static final String NAME = "moves";

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        for (int s = 0; s < request.services().size(); s++) {
            boolean placed = request.current(s).isPresent();
            for (int c = 0; c < request.clusters().size() && placed; c++) {
                if (request.currentReplicas(s, c) == 0) {
                    costs.assign(s, c, 1);
                }
            }
        }
    }
}
