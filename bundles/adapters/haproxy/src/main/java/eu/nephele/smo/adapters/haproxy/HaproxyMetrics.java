// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What HAProxy itself sees of the load: requests per second, waiting requests, response times. It keeps totals only, so they are
 * sampled, and rates are told for the last twenty minutes at most.
 */
final class HaproxyMetrics implements MetricsSource {

    private static final Logger LOG = LoggerFactory.getLogger(HaproxyMetrics.class);
    private static final Duration KEPT = Duration.ofMinutes(20);
    private static final int MOST_SAMPLES = 400;

    private final HaproxyRuntime runtime;
    private final Clock clock;
    private final Duration distance;
    private final AtomicBoolean away = new AtomicBoolean();
    private volatile Map<String, RequestCount> counts = Map.of();

    /** @param distance of two samples */
    HaproxyMetrics(HaproxyRuntime runtime, Clock clock, Duration distance) {
        this.runtime = runtime;
        this.clock = clock;
        this.distance = distance;
    }

    /** To be called once in each distance; a HAProxy that does not answer is a gap. */
    void sample() {
        try {
            keep(runtime.totals());
            if (away.getAndSet(false)) {
                LOG.info("HAProxy answers again");
            }
        } catch (AdapterException failed) {
            if (!away.getAndSet(true)) {
                LOG.warn("the load is not known reason=\"{}\"", failed.getMessage());
            }
        }
    }

    /** Services that are gone are forgotten. */
    private synchronized Map<String, RequestCount> keep(RunningView running) {
        Instant now = clock.instant();
        Map<String, RequestCount> next = new HashMap<>();
        int most = (int) Math.max(2, Math.min(MOST_SAMPLES, KEPT.toMillis() / distance.toMillis()));
        running.proxies()
                .forEach((name, proxy) -> next.put(
                        name, RequestCount.next(Optional.ofNullable(counts.get(name)), now, proxy.requests(), most)));
        counts = Map.copyOf(next);
        return counts;
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        List<MetricQuery> known = queries.stream().filter(this::isKnown).toList();
        if (known.isEmpty()) {
            return Map.of();
        }
        RunningView running = runtime.totals();
        Map<String, RequestCount> latest = current(running);
        Map<MetricQuery, Double> values = new HashMap<>();
        for (MetricQuery query : known) {
            proxy(query.workload())
                    .flatMap(running::proxy)
                    .map(proxy -> value(query, proxy, running, latest))
                    .ifPresent(value -> value.ifPresent(number -> values.put(query, number)));
        }
        return values;
    }

    /** Callers that ask often do not push the older samples out. */
    private Map<String, RequestCount> current(RunningView running) {
        Map<String, RequestCount> next = new HashMap<>();
        Instant now = clock.instant();
        running.proxies()
                .forEach((name, proxy) -> next.put(
                        name,
                        RequestCount.next(
                                Optional.ofNullable(counts.get(name)), now, proxy.requests(), MOST_SAMPLES + 1)));
        return next;
    }

    private OptionalDouble value(
            MetricQuery query, RunningProxy proxy, RunningView running, Map<String, RequestCount> latest) {
        return switch (query.metric()) {
            case MetricQuery.QUEUE_LENGTH -> OptionalDouble.of((double) running.waitingFor(proxy.name()));
            case MetricQuery.RESPONSE_TIME_MILLIS -> proxy.responseMillis();
            default ->
                Optional.ofNullable(latest.get(proxy.name()))
                        .map(count -> count.perSecond(clock.instant(), query.window(), gap()))
                        .orElse(OptionalDouble.empty());
        };
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        List<MetricQuery> known = queries.stream()
                .filter(query -> query.metric().equals(MetricQuery.REQUEST_RATE) && isKnown(query))
                .toList();
        if (known.isEmpty()) {
            return Map.of();
        }
        Map<String, RequestCount> latest = current(runtime.totals());
        Instant now = clock.instant();
        Map<MetricQuery, List<LoadPoint>> past = new HashMap<>();
        for (MetricQuery query : known) {
            List<LoadPoint> points = proxy(query.workload())
                    .map(latest::get)
                    .map(count -> count.points(now, range, step, query.window(), gap()))
                    .orElse(List.of());
            if (!points.isEmpty()) {
                past.put(query, points);
            }
        }
        return past;
    }

    private Duration gap() {
        return distance.multipliedBy(3);
    }

    /** A template is a question to another system. */
    private boolean isKnown(MetricQuery query) {
        return query.template().isEmpty()
                && List.of(MetricQuery.REQUEST_RATE, MetricQuery.QUEUE_LENGTH, MetricQuery.RESPONSE_TIME_MILLIS)
                        .contains(query.metric());
    }

    private static Optional<String> proxy(WorkloadRef workload) {
        try {
            return Optional.of(ProxyNames.name(workload));
        } catch (IllegalArgumentException impossible) {
            // such a service was refused
            return Optional.empty();
        }
    }
}
