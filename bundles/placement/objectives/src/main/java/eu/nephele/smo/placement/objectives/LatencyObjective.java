// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.placement.CostTable;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import org.osgi.service.component.annotations.Component;

/**
 * Network latency of the traffic: ms per unit of traffic of each link. An unknown latency between clusters is
 * taken to be the largest known one, so that missing data is never an advantage.
 */
@Component(
        property = {PlacementObjective.NAME + "=" + LatencyObjective.NAME, PlacementObjective.UNIT + "=ms × traffic"})
public final class LatencyObjective implements PlacementObjective {

    static final String NAME = "latency";

    @Override
    public void price(PlacementRequest request, CostTable costs) {
        if (request.links().isEmpty()) {
            return;
        }
        int clusters = request.clusters().size();
        double largest = 0;
        for (int from = 0; from < clusters; from++) {
            for (int to = 0; to < clusters; to++) {
                largest = Math.max(largest, request.latencyMillis(from, to).orElse(0));
            }
        }
        for (int from = 0; from < clusters; from++) {
            for (int to = 0; to < clusters; to++) {
                if (from != to) {
                    costs.distance(from, to, request.latencyMillis(from, to).orElse(largest));
                }
            }
        }
    }
}
