// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A problem of services {@code s0, s1, …} and clusters {@code c0, c1, …}, both in cores. */
final class CoresProblem {

    private final PlacementRequestBuilder builder;
    private PlacementObjective prices = (request, costs) -> {};

    CoresProblem(List<Integer> services, List<Integer> clusters) {
        List<PlacementService> rows = new ArrayList<>();
        for (int s = 0; s < services.size(); s++) {
            rows.add(new PlacementService("s" + s, cores(services.get(s)), 1, 1));
        }
        List<ClusterCapacity> columns = new ArrayList<>();
        for (int c = 0; c < clusters.size(); c++) {
            columns.add(ClusterCapacity.of(new ClusterId("test", "c" + c), cores(clusters.get(c))));
        }
        this.builder = new PlacementRequestBuilder(new GraphId("p", "g"), DecisionReason.DEPLOY, rows, columns);
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }

    /** For what else the problem has. */
    PlacementRequestBuilder builder() {
        return builder;
    }

    /** The one objective, in cost units. */
    CoresProblem prices(PlacementObjective objective) {
        this.prices = objective;
        return this;
    }

    PlacementRequest request() {
        return Pricing.priced(builder.build(), Map.of(prices, 1.0));
    }

    RequestProblem read() {
        return RequestProblem.from(request());
    }
}
