// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.adapters.prometheus.query.Answer.Sample;
import eu.nephele.smo.adapters.prometheus.query.Answer.Series;
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
 * What Prometheus has measured. What is no number is no data. A query of a descriptor that fails spoils the answers to no others:
 * it has no data, unless nothing else was asked.
 */
public final class PrometheusMetrics implements MetricsSource {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusMetrics.class);

    private final PrometheusApi prometheus;
    private final QuerySettings settings;
    private final Questions questions;
    private final InstantSource clock;

    public PrometheusMetrics(PrometheusApi prometheus, QuerySettings settings, InstantSource clock) {
        this.prometheus = prometheus;
        this.settings = settings;
        this.questions = new Questions(settings);
        this.clock = clock;
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        Instant oldest = clock.instant().minus(settings.staleness());
        Map<MetricQuery, Double> values = new HashMap<>();
        Predicate<Sample> good = sample -> sample.isNumber() && !sample.at().isBefore(oldest);
        points(
                        queries,
                        question -> Answer.of(
                                prometheus.instant(question.promQl(), settings.staleness()),
                                question.promQl(),
                                prometheus.system()),
                        good)
                .forEach((query, points) -> values.put(query, points.lastEntry().getValue()));
        return values;
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        Instant now = clock.instant();
        Map<MetricQuery, List<LoadPoint>> values = new HashMap<>();
        points(
                        queries,
                        question -> Answer.of(
                                prometheus.range(question.promQl(), now.minus(range), now, step),
                                question.promQl(),
                                prometheus.system()),
                        Sample::isNumber)
                .forEach((query, points) -> values.put(
                        query,
                        points.entrySet().stream()
                                .map(point -> new LoadPoint(point.getKey(), point.getValue()))
                                .toList()));
        return values;
    }

    /** Query → moment → value; no entry without values. */
    private Map<MetricQuery, NavigableMap<Instant, Double>> points(
            Collection<MetricQuery> queries, Function<Question, Answer> ask, Predicate<Sample> good) {
        Map<MetricQuery, NavigableMap<Instant, Double>> points = new HashMap<>();
        Optional<AdapterException> first = Optional.empty();
        boolean answered = false;
        boolean silent = false;
        for (Question question : questions.of(queries)) {
            try {
                read(question, one(question, ask.apply(question)), good, points);
                answered = true;
            } catch (AdapterException failure) {
                boolean refused = failure.kind() == Kind.REFUSED;
                if (!question.own() || (!refused && (silent || !answered))) {
                    throw failure;
                }
                // one query of a descriptor that is not answered is its own fault, two are a system that does not
                // answer
                silent |= !refused;
                first = first.or(() -> Optional.of(failure));
                LOG.warn("No data for {}: {}", question.askers(), failure.getMessage());
            }
        }
        if (!answered && first.isPresent()) {
            throw first.get();
        }
        return points;
    }

    private Answer one(Question question, Answer answer) {
        if (question.own() && answer.series().size() > 1) {
            throw new AdapterException(
                    Kind.REFUSED,
                    prometheus.system(),
                    "Read metrics: the query %s has %d results, expected one value; the first are %s. Aggregate it, as with sum(…)"
                            .formatted(
                                    PrometheusApi.shown(question.promQl()),
                                    answer.series().size(),
                                    PrometheusApi.shown(answer.series().stream()
                                            .limit(2)
                                            .map(Series::labels)
                                            .toList()
                                            .toString())));
        }
        return answer;
    }

    private void read(
            Question question,
            Answer answer,
            Predicate<Sample> good,
            Map<MetricQuery, NavigableMap<Instant, Double>> points) {
        Map<Map<String, String>, List<MetricQuery>> askers = new HashMap<>();
        question.askers().forEach(query -> askers.computeIfAbsent(key(question, query), any -> new ArrayList<>())
                .add(query));
        int bad = 0;
        for (Series series : answer.series()) {
            List<MetricQuery> whose = askers.getOrDefault(key(question, series), List.of());
            for (Sample sample : series.samples()) {
                if (good.test(sample)) {
                    whose.forEach(query -> points.computeIfAbsent(query, any -> new TreeMap<>())
                            .merge(sample.at(), sample.value(), Double::sum));
                } else {
                    bad++;
                }
            }
        }
        if (bad > 0) {
            LOG.debug("{} values of {} are no numbers or too old: no data", bad, question.promQl());
        }
    }

    /** What tells the services of one answer apart. */
    private Map<String, String> key(Question question, MetricQuery query) {
        return question.template()
                .map(template ->
                        key(query.workload().service(), query.workload().graph().project()))
                .orElse(Map.of());
    }

    private Map<String, String> key(Question question, Series series) {
        return question.template()
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
