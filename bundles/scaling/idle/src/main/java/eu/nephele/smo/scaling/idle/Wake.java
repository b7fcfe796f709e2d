// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.scaling.ScalingMetric;
import java.util.Optional;

/**
 * The metric that says that somebody needs the service. It has to be measured while the service has no replicas.
 *
 * @param metric name; of a query any name
 * @param query PromQL instead of the source's own for the name
 * @param above a value above this wakes the service, in the unit of the metric
 */
public record Wake(
        @Parameter(description = "metric that the source knows by name, or a name for the query")
        Optional<String> metric,

        @Parameter(description = "PromQL, with $service, $namespace, $window")
        Optional<String> query,

        @Parameter(description = "a value above this wakes the service", defaultValue = "0", min = 0)
        double above) {

    public Wake {
        if (metric.isEmpty() && query.isEmpty()) {
            throw new IllegalArgumentException("wake needs a metric or a query");
        }
    }

    ScalingMetric asked() {
        return new ScalingMetric(metric.orElse("wake"), query);
    }
}
