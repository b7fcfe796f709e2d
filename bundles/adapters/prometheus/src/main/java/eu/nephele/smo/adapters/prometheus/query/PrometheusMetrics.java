// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.adapters.prometheus.query.QueryResult.ResultSample;
import eu.nephele.smo.adapters.prometheus.query.QueryResult.ResultSeries;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metrics of Prometheus. A value that is not a number is no data. A failed query of a descriptor affects no other query: it has
 * no data, unless it was the only one.
 */
public final class PrometheusMetrics implements MetricsSource {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusMetrics.class);

    private final PrometheusApi prometheus;
    private final QuerySettings settings;
    private final QueryBatcher present;
    private final QueryBatcher past;
    private final LastValues lastValues;
    private final InstantSource clock;

    public PrometheusMetrics(PrometheusApi prometheus, QuerySettings settings, InstantSource clock) {
        this.prometheus = prometheus;
        this.settings = settings;
        this.present = new QueryBatcher(settings);
        this.past = new QueryBatcher(settings);
        this.lastValues = new LastValues(settings.staleness());
        this.clock = clock;
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        Instant now = clock.instant();
        Instant oldest = now.minus(settings.staleness());
        List<PromQuery> promQueries = present.batch(queries);
        Predicate<ResultSample> good =
                sample -> sample.isNumber() && !sample.at().isBefore(oldest);
        Map<MetricQuery, NavigableMap<Instant, Double>> points = points(
                promQueries,
                promQuery -> QueryResult.create(
                        prometheus.instant(promQuery.promQl(), settings.staleness()),
                        promQuery.promQl(),
                        prometheus.system()),
                good);
        return lastValues.complete(queries, promQueries, points, now);
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        long millis = clock.instant().toEpochMilli();
        Instant end = Instant.ofEpochMilli(millis - Math.floorMod(millis, step.toMillis()));
        Map<MetricQuery, List<LoadPoint>> values = new HashMap<>();
        points(
                        past.batch(queries),
                        promQuery -> QueryResult.create(
                                prometheus.range(promQuery.promQl(), end.minus(range), end, step),
                                promQuery.promQl(),
                                prometheus.system()),
                        ResultSample::isNumber)
                .forEach((query, points) -> values.put(
                        query,
                        points.entrySet().stream()
                                .map(point -> new LoadPoint(point.getKey(), point.getValue()))
                                .toList()));
        return values;
    }

    /** Query → moment → value; no entry without values. */
    private Map<MetricQuery, NavigableMap<Instant, Double>> points(
            List<PromQuery> promQueries, Function<PromQuery, QueryResult> ask, Predicate<ResultSample> good) {
        Map<MetricQuery, NavigableMap<Instant, Double>> points = new HashMap<>();
        Optional<AdapterException> first = Optional.empty();
        boolean answered = false;
        boolean silent = false;
        for (PromQuery promQuery : promQueries) {
            try {
                read(promQuery, one(promQuery, ask.apply(promQuery)), good, points);
                answered = true;
            } catch (AdapterException failure) {
                boolean refused = failure.kind() == Kind.REFUSED;
                if (!promQuery.own() || (!refused && (silent || !answered))) {
                    throw failure;
                }
                // one failed query of a descriptor is the fault of the query, two mean an unavailable
                // system
                silent |= !refused;
                first = first.or(() -> Optional.of(failure));
                LOG.warn("query failed queries={} reason=\"{}\"", promQuery.askers(), failure.getMessage());
            }
        }
        if (!answered && first.isPresent()) {
            throw first.get();
        }
        return points;
    }

    private QueryResult one(PromQuery promQuery, QueryResult answer) {
        if (promQuery.own() && answer.series().size() > 1) {
            throw new AdapterException(
                    Kind.REFUSED,
                    prometheus.system(),
                    "Read metrics: the query %s has %d results, expected one value; the first are %s. Aggregate it, as with sum(…)"
                            .formatted(
                                    PrometheusApi.shown(promQuery.promQl()),
                                    answer.series().size(),
                                    PrometheusApi.shown(answer.series().stream()
                                            .limit(2)
                                            .map(ResultSeries::labels)
                                            .toList()
                                            .toString())));
        }
        return answer;
    }

    private void read(
            PromQuery promQuery,
            QueryResult answer,
            Predicate<ResultSample> good,
            Map<MetricQuery, NavigableMap<Instant, Double>> points) {
        Map<Map<String, String>, List<MetricQuery>> askers = new HashMap<>();
        promQuery.askers().forEach(query -> askers.computeIfAbsent(key(promQuery, query), any -> new ArrayList<>())
                .add(query));
        int bad = 0;
        for (ResultSeries series : answer.series()) {
            List<MetricQuery> whose = askers.getOrDefault(key(promQuery, series), List.of());
            for (ResultSample sample : series.samples()) {
                if (good.test(sample)) {
                    whose.forEach(query -> points.computeIfAbsent(query, any -> new TreeMap<>())
                            .merge(sample.at(), sample.value(), Double::sum));
                } else {
                    bad++;
                }
            }
        }
        if (bad > 0) {
            LOG.debug("values discarded count={} query=\"{}\"; not a number, or too old", bad, promQuery.promQl());
        }
    }

    /** Returns the labels that distinguish the services of one answer. */
    private Map<String, String> key(PromQuery promQuery, MetricQuery query) {
        return promQuery
                .template()
                .map(template ->
                        key(query.workload().service(), query.workload().graph().project()))
                .orElse(Map.of());
    }

    private Map<String, String> key(PromQuery promQuery, ResultSeries series) {
        return promQuery
                .template()
                .map(template -> key(
                        series.labels().getOrDefault(template.serviceLabel(), ""),
                        settings.namespaceLabel()
                                .map(label -> series.labels().getOrDefault(label, ""))
                                .orElse("")))
                .orElse(Map.of());
    }

    private Map<String, String> key(String service, String namespace) {
        return settings.namespaceLabel()
                .map(label -> Map.of("service", service, "namespace", namespace))
                .orElse(Map.of("service", service));
    }
}
