// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.MetricQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;

/** Last values of the queries of descriptors: they count while their query waits for its turn, until they are too old. Thread-safe. */
final class LastValues {

    private final Duration staleness;
    /** Cache of what Prometheus knows, found again by asking it. */
    private final Map<MetricQuery, ReadValue> values = new HashMap<>();

    private record ReadValue(double value, Instant at) {

        /** Also no value of a clock that was ahead. */
        boolean counts(Instant oldest, Instant now) {
            return !at.isBefore(oldest) && !at.isAfter(now);
        }
    }

    /** @param staleness age above which a value counts as no data */
    LastValues(Duration staleness) {
        this.staleness = staleness;
    }

    /**
     * The present values, with the last ones of queries that were left out.
     *
     * @param sent what was asked now: without an answer it has no data
     * @param points query → moment → value, as they were answered now
     */
    synchronized Map<MetricQuery, Double> complete(
            Collection<MetricQuery> queries,
            Collection<PromQuery> sent,
            Map<MetricQuery, NavigableMap<Instant, Double>> points,
            Instant now) {
        Instant oldest = now.minus(staleness);
        values.values().removeIf(value -> !value.counts(oldest, now));
        sent.stream()
                .filter(PromQuery::own)
                .forEach(promQuery -> promQuery.askers().forEach(values::remove));
        Map<MetricQuery, Double> all = new HashMap<>();
        for (MetricQuery query : queries) {
            ReadValue left = values.get(query);
            if (left != null) {
                all.put(query, left.value());
            }
        }
        points.forEach((query, answer) -> {
            Map.Entry<Instant, Double> last = answer.lastEntry();
            all.put(query, last.getValue());
            if (query.template().isPresent()) {
                Instant at = last.getKey();
                values.put(query, new ReadValue(last.getValue(), at.isAfter(now) ? now : at));
            }
        });
        return all;
    }
}
