// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.ScalingMetric;
import java.time.Duration;

/**
 * What is asked of the metrics source.
 *
 * @param rateWindow window over which rates are taken
 */
public record DemandQueries(Duration rateWindow) {

    /** The requests that count for a service: its own, or those of the service that its descriptor names. */
    public MetricQuery rate(GraphId graph, String service, ServiceScaling scaling) {
        return new MetricQuery(
                MetricQuery.REQUEST_RATE,
                new WorkloadRef(graph, scaling.metricService().orElse(service)),
                rateWindow,
                scaling.metricQuery());
    }

    public MetricQuery metric(GraphId graph, String service, ScalingMetric metric) {
        return new MetricQuery(metric.name(), new WorkloadRef(graph, service), rateWindow, metric.query());
    }
}
