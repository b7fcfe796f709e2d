// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.port.MetricQuery;
import java.util.List;

/**
 * A service whose demand is forecast.
 *
 * @param rate query of its request rate
 * @param callers services of its graph that call it
 */
public record GraphDemand(String service, MetricQuery rate, List<String> callers) {

    public GraphDemand {
        callers = List.copyOf(callers);
    }
}
