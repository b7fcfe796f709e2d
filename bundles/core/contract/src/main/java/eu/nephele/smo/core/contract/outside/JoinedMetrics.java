// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.outside;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Several sources of metrics as one: a later one is asked, in one call, only for what the earlier ones have no data for. A source that
 * fails has no data, and takes away none of the others'.
 */
public final class JoinedMetrics implements MetricsSource {

    /**
     * What is known, and who could not be asked.
     *
     * @param values one entry per query for which some source has data
     * @param ownWindows by query, of values from sources that have one, see {@link MetricsSource#ownWindow()}
     * @param failures of the sources that failed, in their order; with one, a query without an entry may have data all the same
     */
    public record JoinedAnswer<T>(
            Map<MetricQuery, T> values, Map<MetricQuery, Duration> ownWindows, List<AdapterException> failures) {

        public JoinedAnswer {
            values = Map.copyOf(values);
            ownWindows = Map.copyOf(ownWindows);
            failures = List.copyOf(failures);
        }

        /** Nothing is known. */
        public static <T> JoinedAnswer<T> none(AdapterException failure) {
            return new JoinedAnswer<>(Map.of(), Map.of(), List.of(failure));
        }

        /** Returns the failure because of which nothing is known of this query; empty if there is data, or if nobody has any. */
        public Optional<AdapterException> failure(MetricQuery query) {
            return values.containsKey(query)
                    ? Optional.empty()
                    : failures.stream().findFirst();
        }

        private Map<MetricQuery, T> orThrow() {
            if (values.isEmpty() && !failures.isEmpty()) {
                AdapterException first = failures.get(0);
                failures.stream().skip(1).forEach(first::addSuppressed);
                throw first;
            }
            return values;
        }
    }

    private final List<MetricsSource> sources;

    /** @param sources in the order in which they are asked, by {@link HighestRanked#inOrder} for example */
    public JoinedMetrics(List<MetricsSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** Present values, with the sources that failed. */
    public JoinedAnswer<Double> present(Collection<MetricQuery> queries) {
        return ask(queries, MetricsSource::instant);
    }

    /** Values of the past, with the sources that failed. No points are no data. */
    public JoinedAnswer<List<LoadPoint>> past(Collection<MetricQuery> queries, Duration range, Duration step) {
        return ask(queries, (source, open) -> {
            Map<MetricQuery, List<LoadPoint>> points = new HashMap<>(source.range(open, range, step));
            points.values().removeIf(List::isEmpty);
            return points;
        });
    }

    /**
     * As {@link #present}.
     *
     * @throws AdapterException when nothing is known and a source failed
     */
    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        return present(queries).orThrow();
    }

    /**
     * As {@link #past}.
     *
     * @throws AdapterException when nothing is known and a source failed
     */
    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        return past(queries, range, step).orThrow();
    }

    private <T> JoinedAnswer<T> ask(
            Collection<MetricQuery> queries,
            BiFunction<MetricsSource, Collection<MetricQuery>, Map<MetricQuery, T>> question) {
        Set<MetricQuery> open = new LinkedHashSet<>(queries);
        Map<MetricQuery, T> values = new HashMap<>();
        Map<MetricQuery, Duration> ownWindows = new HashMap<>();
        List<AdapterException> failures = new ArrayList<>();
        for (MetricsSource source : sources) {
            if (open.isEmpty()) {
                break;
            }
            try {
                Map<MetricQuery, T> answers = question.apply(source, List.copyOf(open));
                Optional<Duration> ownWindow = answers.isEmpty() ? Optional.empty() : source.ownWindow();
                answers.forEach((query, value) -> {
                    // an answer to what was not asked is nobody's
                    if (open.remove(query)) {
                        values.put(query, value);
                        ownWindow.ifPresent(window -> ownWindows.put(query, window));
                    }
                });
            } catch (AdapterException e) {
                failures.add(e);
            }
        }
        return new JoinedAnswer<>(values, ownWindows, failures);
    }
}
