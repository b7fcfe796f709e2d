// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads use from the metrics source, many services in one call. */
final class UseReader {

    /** A call for a month of so many metrics is answered with some megabytes. */
    private static final int MOST_PER_CALL = 60;

    private final MetricsSource source;

    UseReader(MetricsSource source) {
        this.source = source;
    }

    /** Service → resource → use; what has no data is missing. */
    Map<String, Map<ComputeResource, UseSeries>> read(
            GraphId graph, List<String> services, Duration range, Duration step) {
        List<MetricQuery> queries = new ArrayList<>();
        for (String service : services) {
            queries.add(query(graph, service, MetricQuery.READY_REPLICAS, step));
            for (ComputeResource resource : ComputeResource.values()) {
                queries.add(query(graph, service, resource.metric(), step));
            }
        }
        Map<MetricQuery, List<LoadPoint>> answers = new HashMap<>();
        for (int from = 0; from < queries.size(); from += MOST_PER_CALL) {
            List<MetricQuery> part = queries.subList(from, Math.min(queries.size(), from + MOST_PER_CALL));
            answers.putAll(source.range(part, range, step));
        }
        Map<String, Map<ComputeResource, UseSeries>> uses = new HashMap<>();
        for (String service : services) {
            List<LoadPoint> replicas =
                    answers.getOrDefault(query(graph, service, MetricQuery.READY_REPLICAS, step), List.of());
            for (ComputeResource resource : ComputeResource.values()) {
                List<LoadPoint> totals =
                        answers.getOrDefault(query(graph, service, resource.metric(), step), List.of());
                uses.computeIfAbsent(service, any -> new HashMap<>()).put(resource, joined(totals, replicas, step));
            }
        }
        return uses;
    }

    private static MetricQuery query(GraphId graph, String service, String metric, Duration step) {
        return new MetricQuery(metric, new WorkloadRef(graph, service), step, Optional.empty());
    }

    /** Values without a number of replicas of the same moment say nothing about one replica, and those that are no numbers nothing at all. */
    static UseSeries joined(List<LoadPoint> totals, List<LoadPoint> replicas, Duration step) {
        Map<Long, Double> ready = new HashMap<>();
        replicas.forEach(point -> ready.put(slot(point, step), point.perSecond()));
        List<UsePoint> points = new ArrayList<>();
        for (LoadPoint total : totals) {
            double count = ready.getOrDefault(slot(total, step), 0.0);
            if (Double.isFinite(total.perSecond()) && total.perSecond() >= 0 && Double.isFinite(count) && count > 0) {
                points.add(new UsePoint(total.at(), total.perSecond(), count));
            }
        }
        return new UseSeries(points);
    }

    private static long slot(LoadPoint point, Duration step) {
        return Math.floorDiv(point.at().toEpochMilli(), step.toMillis());
    }
}
