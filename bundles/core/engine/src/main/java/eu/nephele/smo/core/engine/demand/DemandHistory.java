// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The past of all metrics that scaling reads, in memory: about 0.8 KB for each, 3.5 KB where two weeks are wanted. What was before the
 * first reading is asked of the metrics source later, see {@link HistoryBackfill}.
 */
public final class DemandHistory {

    private final Duration recentPast;
    private final Duration step;
    /** What was not asked for in so long while other metrics of its graph were is of a service or descriptor that is no more. */
    private static final Duration ABANDONED = Duration.ofHours(1);

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

    /**
     * @param seasons whether two weeks are wanted, else the last hours
     * @param alone whether it is asked for in a call of its own, as one with others was refused
     */
    record Missing(MetricQuery query, boolean seasons, boolean alone) {

        private boolean goesWith(Missing other) {
            return seasons == other.seasons && !alone && !other.alone;
        }
    }

    /**
     * @param ownWindow of its source
     * @return what counts of the reading
     */
    double observe(MetricQuery query, double value, Optional<Duration> ownWindow, Instant now) {
        return of(query, now).observe(value, ownWindow, now);
    }

    /** The past of a metric as far back as it is wanted, and known. */
    LoadSeries past(MetricQuery query, Duration wanted, Instant now) {
        if (wanted.isZero()) {
            return LoadSeries.EMPTY;
        }
        MetricHistory history = of(query, now);
        if (wanted.compareTo(recentPast) <= 0) {
            return history.peaks(wanted, now);
        }
        keepSeasons(query, history);
        return history.seasons(wanted, now);
    }

    /** From now on two weeks are kept. */
    void keepSeasons(MetricQuery query, Instant now) {
        keepSeasons(query, of(query, now));
    }

    /** Two weeks, as far as they are kept. */
    LoadSeries seasons(MetricQuery query, Instant now) {
        return of(query, now).seasons(MetricHistory.SEASONS, now);
    }

    LoadSeries recent(MetricQuery query, Instant now) {
        return of(query, now).recent(recentPast, now);
    }

    /** What counts of the last reading, unless it is older. */
    OptionalDouble latest(MetricQuery query, Duration notOlder, Instant now) {
        return find(query).map(history -> history.latest(notOlder, now)).orElse(OptionalDouble.empty());
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

    /** Forgets the metrics that nobody wants any more of graphs that are decided. */
    void prune(Instant now) {
        byGraph.values().forEach(ofGraph -> ofGraph.values().stream()
                .map(history -> history.askedAt(now))
                .max(Comparator.naturalOrder())
                .map(newest -> newest.minus(ABANDONED))
                .ifPresent(oldest -> ofGraph.values()
                        .removeIf(history -> history.askedAt(now).isBefore(oldest))));
    }

    private void keepSeasons(MetricQuery query, MetricHistory history) {
        if (history.keepSeasons()) {
            missing.add(new Missing(query, true, false));
        }
    }

    /** What is asked for in the next call; none when nothing is missing. */
    List<Missing> takeMissing(int most) {
        List<Missing> taken = new ArrayList<>();
        Iterator<Missing> next = missing.iterator();
        while (next.hasNext() && taken.size() < most) {
            Missing one = next.next();
            if (taken.isEmpty() || taken.get(0).goesWith(one)) {
                taken.add(one);
                next.remove();
            }
        }
        return taken;
    }

    /** Whether something is missing that nobody has refused yet. */
    boolean isMissing() {
        return missing.stream().anyMatch(one -> !one.alone());
    }

    void miss(Missing again) {
        missing.add(again);
    }

    Optional<MetricHistory> find(MetricQuery query) {
        return Optional.ofNullable(byGraph.get(query.workload().graph())).map(ofGraph -> ofGraph.get(query));
    }

    /** How many wait is counted at one moment: a jump is no error, and whoever waits is not put off by a doubt. */
    private static Duration meanOf(MetricQuery query) {
        boolean counted = query.metric().equals(MetricQuery.QUEUE_LENGTH)
                && query.template().isEmpty();
        return counted ? Duration.ZERO : query.window();
    }

    private MetricHistory of(MetricQuery query, Instant now) {
        MetricHistory history = byGraph.computeIfAbsent(query.workload().graph(), any -> new ConcurrentHashMap<>())
                .computeIfAbsent(query, any -> {
                    missing.add(new Missing(query, false, false));
                    return new MetricHistory(recentPast, step, meanOf(query), now);
                });
        history.asked(now);
        return history;
    }
}
