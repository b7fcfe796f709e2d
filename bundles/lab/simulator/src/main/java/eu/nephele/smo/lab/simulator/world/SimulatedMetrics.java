// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.simulator.Outage;
import eu.nephele.smo.lab.simulator.promql.Promql;
import eu.nephele.smo.lab.simulator.promql.PromqlException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of services. As in a real federation only a service with a ready replica is measured; the rate is the current one,
 * and the window of a query is ignored, as the template of a request rate. Templates of other metrics are evaluated, without a past.
 */
public final class SimulatedMetrics implements MetricsSource {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedMetrics.class);

    private final World world;
    private final boolean everywhere;

    public SimulatedMetrics(World world) {
        this(world, false);
    }

    /** @param everywhere whether services that do not run in this world have the load of its scenario, too */
    public SimulatedMetrics(World world, boolean everywhere) {
        this.world = world;
        this.everywhere = everywhere;
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        return world.change(state -> {
            Map<MetricQuery, Double> values = new HashMap<>();
            for (MetricQuery query : queries) {
                measured(state, query, state.now()).ifPresent(value -> values.put(query, value));
            }
            return values;
        });
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        if (range.isNegative() || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException(
                    "range=%s step=%s, expected 0 or more and more than 0".formatted(range, step));
        }
        return world.change(state -> {
            Map<MetricQuery, List<LoadPoint>> histories = new HashMap<>();
            for (MetricQuery query : queries) {
                List<LoadPoint> points = history(state, query, range, step);
                if (!points.isEmpty()) {
                    histories.put(query, points);
                }
            }
            return histories;
        });
    }

    private List<LoadPoint> history(WorldState state, MetricQuery query, Duration range, Duration step) {
        List<LoadPoint> points = new ArrayList<>();
        Instant now = world.clock().outside(state.now());
        Instant last = now.minusMillis(Math.floorMod(now.toEpochMilli(), step.toMillis()));
        for (Instant observedAt = last.minus(range); !observedAt.isAfter(last); observedAt = observedAt.plus(step)) {
            Instant at = state.now().minus(world.clock().inside(Duration.between(observedAt, now)));
            OptionalDouble value = measured(state, query, at);
            if (value.isPresent()) {
                points.add(new LoadPoint(observedAt, value.getAsDouble()));
            }
        }
        return points;
    }

    private OptionalDouble measured(WorldState state, MetricQuery query, Instant at) {
        if (state.outages().contains(Outage.METRICS)) {
            return OptionalDouble.empty();
        }
        if (everywhere) {
            return query.metric().equals(MetricQuery.REQUEST_RATE)
                    ? state.loads().rateOf(query.workload(), at)
                    : OptionalDouble.empty();
        }
        if (query.template().isPresent() && !query.metric().equals(MetricQuery.REQUEST_RATE)) {
            return at.equals(state.now()) ? evaluated(state, query) : OptionalDouble.empty();
        }
        return state.releases()
                .find(query.workload())
                .filter(release -> release.readyReplicas() > 0 && !at.isBefore(release.since()))
                .map(release -> value(state, query, release, at))
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble value(WorldState state, MetricQuery query, InstalledRelease release, Instant at) {
        OptionalDouble rate = state.loads().rateOf(query.workload(), at);
        return switch (query.metric()) {
            case MetricQuery.REQUEST_RATE -> rate;
            case MetricQuery.CPU_CORES ->
                OptionalDouble.of(Counters.cpuCores(
                        release, rate.orElse(0), world.scenario().requestsPerCpuSecond()));
            case MetricQuery.MEMORY_BYTES ->
                OptionalDouble.of(Counters.memoryBytes(
                        release, rate.orElse(0), world.scenario().requestsPerCpuSecond()));
            case MetricQuery.READY_REPLICAS -> OptionalDouble.of(release.readyReplicas());
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble evaluated(WorldState state, MetricQuery query) {
        String promQl = query.template()
                .orElseThrow()
                .replace("$service", query.workload().service())
                .replace("$namespace", query.workload().graph().project())
                .replace("$window", query.window().toSeconds() + "s");
        try {
            return state.monitoring().value(Promql.parse(promQl), state);
        } catch (PromqlException e) {
            // as with a real source, a query of a descriptor that fails has no data, and the others have theirs
            LOG.warn("query failed query=\"{}\" reason=\"{}\"", promQl, e.getMessage());
            return OptionalDouble.empty();
        }
    }
}
