// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The past of all metrics that scaling reads, in memory: about 0.4 KB for each, 3.2 KB where two weeks are wanted. What was before the
 * first reading is asked of the metrics source later, see {@link HistoryBackfill}.
 */
public final class DemandHistory {

    private final Duration recentPast;
    private final Duration step;
    /** Cache of what the metrics source knows, found again by asking it. */
    private final Map<GraphId, Map<MetricQuery, MetricHistory>> byGraph = new ConcurrentHashMap<>();
    /** Begins anew with each start, because everything is missing then. */
    private final Queue<Missing> missing = new ConcurrentLinkedQueue<>();

    /**
     * @param recentPast how far back values are kept in short steps
     * @param step of these
     */
    public DemandHistory(Duration recentPast, Duration step) {
        this.recentPast = recentPast;
        this.step = step;
    }

    /** @param seasons whether two weeks are wanted, else the last hours */
    record Missing(MetricQuery query, boolean seasons) {}

    /** @return what counts of the reading */
    double observe(MetricQuery query, double value, Instant now) {
        return of(query, now).observe(value, now);
    }

    /** The past of a metric as far back as it is wanted, and known. */
    LoadSeries past(MetricQuery query, Duration wanted, Instant now) {
        if (wanted.isZero()) {
            return LoadSeries.EMPTY;
        }
        MetricHistory history = of(query, now);
        if (wanted.compareTo(recentPast) <= 0) {
            return history.recent(wanted, now);
        }
        keepSeasons(query, history);
        return history.seasons(wanted, now);
    }

    /** Two weeks; they are kept from the first call on. */
    LoadSeries seasons(MetricQuery query, Instant now) {
        MetricHistory history = of(query, now);
        keepSeasons(query, history);
        return history.seasons(MetricHistory.SEASONS, now);
    }

    LoadSeries recent(MetricQuery query, Instant now) {
        return of(query, now).recent(recentPast, now);
    }

    OptionalDouble latest(MetricQuery query, Instant notBefore) {
        return find(query).map(history -> history.latest(notBefore)).orElse(OptionalDouble.empty());
    }

    /** When it was measured last, or since when it has been asked for in vain. */
    Instant measuredAt(MetricQuery query, Instant now) {
        return of(query, now).measuredAt();
    }

    Set<GraphId> graphs() {
        return Set.copyOf(byGraph.keySet());
    }

    void forget(GraphId graph) {
        byGraph.remove(graph);
    }

    private void keepSeasons(MetricQuery query, MetricHistory history) {
        if (history.keepSeasons()) {
            missing.add(new Missing(query, true));
        }
    }

    Optional<Missing> nextMissing() {
        return Optional.ofNullable(missing.poll());
    }

    void miss(Missing again) {
        missing.add(again);
    }

    Optional<MetricHistory> find(MetricQuery query) {
        return Optional.ofNullable(byGraph.get(query.workload().graph())).map(ofGraph -> ofGraph.get(query));
    }

    private MetricHistory of(MetricQuery query, Instant now) {
        return byGraph.computeIfAbsent(query.workload().graph(), any -> new ConcurrentHashMap<>())
                .computeIfAbsent(query, any -> {
                    missing.add(new Missing(query, false));
                    return new MetricHistory(recentPast, step, now);
                });
    }
}
