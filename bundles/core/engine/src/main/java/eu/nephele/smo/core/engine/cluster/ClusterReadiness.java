// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.core.engine.work.SeenTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when each cluster is ready or unavailable. For people that is an instant; for graces it is the time for which
 * this process has seen it so, because clocks may be set and hosts have clocks of their own. A cluster is unavailable
 * from its last report on: a report that is repeated with the same time is silence from its first delivery on.
 */
final class ClusterReadiness {

    /** Some sources derive the time of a report from an age, again at each poll. */
    private static final Duration SAME_REPORT = Duration.ofSeconds(1);

    /**
     * @param since for people
     * @param from time seen by then
     */
    private record Absence(Instant since, Duration from) {}

    /**
     * @param at its time, by the clock of its source
     * @param from seen time of its first delivery
     */
    private record Report(Instant at, Duration from) {

        boolean isSame(Instant other) {
            return Duration.between(at, other).abs().compareTo(SAME_REPORT) < 0;
        }
    }

    private final Clock clock;
    private final SeenTime time;
    /** Begins anew with each start and takeover, because only seen time ends a grace; notes have the instants. */
    private final Map<ClusterId, Absence> away = new ConcurrentHashMap<>();
    /** Begins anew with each start and takeover, for the same reason. Time seen by then. */
    private final Map<ClusterId, Duration> ready = new ConcurrentHashMap<>();
    /** Begins anew with each start and takeover, for the same reason. */
    private final Map<ClusterId, Report> reports = new ConcurrentHashMap<>();

    ClusterReadiness(Clock clock, SeenTime time) {
        this.clock = clock;
        this.time = time;
    }

    /** The work begins now: what was seen before that ends no grace. */
    void begin() {
        away.clear();
        ready.clear();
        reports.clear();
    }

    /** It is unavailable since before this process began, which is for people. */
    void remember(ClusterId cluster, Instant since) {
        away.merge(cluster, new Absence(since, time.now()), (known, now) -> new Absence(since, known.from()));
    }

    Instant awaySince(ClusterId cluster) {
        return absence(cluster).since();
    }

    Duration awayFor(ClusterId cluster) {
        return time.since(absence(cluster).from());
    }

    private Absence absence(ClusterId cluster) {
        return away.computeIfAbsent(cluster, any -> new Absence(clock.instant(), time.now()));
    }

    Optional<Duration> readyFor(ClusterId cluster) {
        return Optional.ofNullable(ready.get(cluster)).map(time::since);
    }

    /** @param knownBefore clusters that were listed before: they are unavailable when they are not listed any more */
    void record(Map<ClusterId, ClusterState> states, Set<ClusterId> knownBefore) {
        Set<ClusterId> all = new TreeSet<>(knownBefore);
        all.addAll(states.keySet());
        Duration now = time.now();
        for (ClusterId id : all) {
            ClusterState state = states.get(id);
            if (state == null) {
                reports.remove(id);
                isAway(id, clock.instant(), now);
                continue;
            }
            Report report = reports.compute(
                    id,
                    (any, last) -> last != null && last.isSame(state.observedAt())
                            ? last
                            : new Report(state.observedAt(), now));
            if (state.ready()) {
                away.remove(id);
                ready.putIfAbsent(id, now);
            } else {
                isAway(id, state.observedAt(), report.from());
            }
        }
    }

    private void isAway(ClusterId cluster, Instant heard, Duration from) {
        ready.remove(cluster);
        Instant now = clock.instant();
        Absence seen = new Absence(heard.isBefore(now) ? heard : now, from);
        away.merge(
                cluster,
                seen,
                (known, again) ->
                        known.since().isAfter(again.since()) ? new Absence(again.since(), known.from()) : known);
    }
}
