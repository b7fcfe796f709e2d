// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.engine.demand.DemandHistory.Missing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metrics source for the past before the first reading, many services in one call and few calls at a time. */
public final class HistoryBackfill {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryBackfill.class);
    /** A call for two weeks of so many services is answered with some megabytes. */
    private static final int MOST_PER_CALL = 100;

    private static final int MOST_PER_RUN = 1000;

    private final DemandHistory history;
    private final Supplier<Optional<MetricsSource>> source;
    private final Duration recentPast;
    private final Duration step;

    HistoryBackfill(
            DemandHistory history, Supplier<Optional<MetricsSource>> source, Duration recentPast, Duration step) {
        this.history = history;
        this.source = source;
        this.recentPast = recentPast;
        this.step = step;
    }

    /** Returns whether something is left for the next run. */
    boolean run() {
        List<Missing> recent = new ArrayList<>();
        List<Missing> seasons = new ArrayList<>();
        Optional<Missing> next = history.nextMissing();
        while (next.isPresent()) {
            (next.get().seasons() ? seasons : recent).add(next.get());
            next = recent.size() + seasons.size() < MOST_PER_RUN ? history.nextMissing() : Optional.empty();
        }
        fill(recent, recentPast, step, MetricHistory::fillRecent);
        fill(seasons, MetricHistory.SEASONS, MetricHistory.SEASON_STEP, MetricHistory::fillSeason);
        return recent.size() + seasons.size() >= MOST_PER_RUN;
    }

    @FunctionalInterface
    private interface Filler {
        void fill(MetricHistory history, Instant at, double value);
    }

    private void fill(List<Missing> wanted, Duration range, Duration distance, Filler filler) {
        for (int from = 0; from < wanted.size(); from += MOST_PER_CALL) {
            List<Missing> part = wanted.subList(from, Math.min(wanted.size(), from + MOST_PER_CALL));
            try {
                Map<MetricQuery, MetricQuery> asked = new HashMap<>();
                part.forEach(missing -> asked.put(asked(missing), missing.query()));
                source.get()
                        .map(metrics -> metrics.range(asked.keySet(), range, distance))
                        .orElse(Map.of())
                        .forEach((query, points) -> fill(asked.getOrDefault(query, query), points, filler));
            } catch (AdapterException e) {
                LOG.warn(
                        "reading past demand failed system={} reason=\"{}\"; retrying with the next run",
                        e.system(),
                        e.getMessage());
                part.forEach(history::miss);
                wanted.subList(Math.min(wanted.size(), from + MOST_PER_CALL), wanted.size())
                        .forEach(history::miss);
                return;
            }
        }
    }

    /** Rates of two weeks are means of whole quarters of an hour, as those that are collected from now on. */
    private static MetricQuery asked(Missing missing) {
        MetricQuery query = missing.query();
        return missing.seasons()
                ? new MetricQuery(query.metric(), query.workload(), MetricHistory.SEASON_STEP, query.template())
                : query;
    }

    private void fill(MetricQuery query, List<LoadPoint> points, Filler filler) {
        history.find(query).ifPresent(of -> points.stream()
                .filter(point -> Double.isFinite(point.perSecond()) && point.perSecond() >= 0)
                .forEach(point -> filler.fill(of, point.at(), point.perSecond())));
    }
}
