// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.outside.JoinedMetrics;
import eu.nephele.smo.core.contract.outside.JoinedMetrics.JoinedAnswer;
import eu.nephele.smo.core.engine.demand.DemandHistory.Missing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the metrics sources for the past before the first reading, many services in one call and few calls at a time. After a failure it
 * waits, longer each time. What is refused is asked once more query by query, as one may have spoiled the others or all of them may have
 * been too much; what is refused alone stays unknown. Belongs to one thread.
 */
public final class HistoryBackfill {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryBackfill.class);
    /** A call for two weeks of so many services is answered with some megabytes. */
    private static final int MOST_PER_CALL = 100;

    private static final int CALLS_PER_RUN = 10;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final DemandHistory history;
    private final Supplier<Optional<JoinedMetrics>> source;
    private final Duration recentPast;
    private final Duration step;
    private final Clock clock;
    private Duration pause = Duration.ZERO;
    private Instant failedAt = Instant.EPOCH;

    HistoryBackfill(
            DemandHistory history,
            Supplier<Optional<JoinedMetrics>> source,
            Duration recentPast,
            Duration step,
            Clock clock) {
        this.history = history;
        this.source = source;
        this.recentPast = recentPast;
        this.step = step;
        this.clock = clock;
    }

    /** Returns whether something is left that can be asked for with the next run, and has not failed. */
    boolean run() {
        Optional<JoinedMetrics> metrics = source.get();
        if (metrics.isEmpty() || waits()) {
            return false;
        }
        for (int call = 0; call < CALLS_PER_RUN; call++) {
            List<Missing> part = history.takeMissing(MOST_PER_CALL);
            if (part.isEmpty()) {
                return false;
            }
            JoinedAnswer<List<LoadPoint>> answer = fill(metrics.get(), part);
            if (answer.failures().isEmpty()) {
                pause = Duration.ZERO;
                continue;
            }
            // what others know is there; only for the rest the source that failed has to be asked again
            List<Missing> rest = part.stream()
                    .filter(missing -> answer.failure(asked(missing)).isPresent())
                    .toList();
            Optional<AdapterException> passing = answer.failures().stream()
                    .filter(failure -> failure.kind() != Kind.REFUSED)
                    .findFirst();
            if (passing.isPresent()) {
                rest.forEach(history::miss);
                postpone(passing.get());
                return false;
            }
            refused(rest, answer.failures().get(0));
        }
        return history.isMissing();
    }

    /** A clock that was set is no reason to wait longer. */
    private boolean waits() {
        return Duration.between(failedAt, clock.instant()).abs().compareTo(pause) < 0;
    }

    private void postpone(AdapterException failure) {
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        failedAt = clock.instant();
        LOG.warn(
                "reading past demand failed system={} reason=\"{}\"; retrying in {}",
                failure.system(),
                failure.getMessage(),
                pause);
    }

    private void refused(List<Missing> part, AdapterException refusal) {
        if (part.isEmpty()) {
            return;
        }
        if (part.size() > 1) {
            part.forEach(missing -> history.miss(new Missing(missing.query(), missing.seasons(), true)));
            return;
        }
        LOG.warn(
                "past demand stays unknown metric={} service={} reason=\"{}\"",
                part.get(0).query().metric(),
                part.get(0).query().workload(),
                refusal.getMessage());
    }

    private JoinedAnswer<List<LoadPoint>> fill(JoinedMetrics metrics, List<Missing> part) {
        boolean seasons = part.get(0).seasons();
        Map<MetricQuery, MetricQuery> asked = new HashMap<>();
        part.forEach(missing -> asked.put(asked(missing), missing.query()));
        JoinedAnswer<List<LoadPoint>> answer = seasons
                ? metrics.past(asked.keySet(), MetricHistory.SEASONS, MetricHistory.SEASON_STEP)
                : metrics.past(asked.keySet(), recentPast, step);
        answer.values().forEach((query, points) -> history.find(asked.getOrDefault(query, query))
                .ifPresent(of -> fill(of, points, seasons)));
        return answer;
    }

    /** Rates of two weeks are means of whole quarters of an hour, as those that are collected from now on. */
    private static MetricQuery asked(Missing missing) {
        MetricQuery query = missing.query();
        return missing.seasons()
                ? new MetricQuery(query.metric(), query.workload(), MetricHistory.SEASON_STEP, query.template())
                : query;
    }

    private static void fill(MetricHistory history, List<LoadPoint> points, boolean seasons) {
        for (LoadPoint point : points) {
            if (Double.isFinite(point.perSecond()) && point.perSecond() >= 0) {
                if (seasons) {
                    history.fillSeason(point.at(), point.perSecond());
                } else {
                    history.fillRecent(point.at(), point.perSecond());
                }
            }
        }
    }
}
