// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Schedule of decisions on replicas. Kept in memory: passes fill it again after a restart. */
public final class ScalingSchedule {

    /**
     * @param at when it is due
     * @param counted end of the last interval that was counted, as looked at or as missed
     */
    private record Due(Duration interval, Instant at, Instant counted) {

        /** The first turn is at once, and ends an interval of which nothing was wanted. */
        static Due begin(Duration interval, Instant now) {
            return new Due(interval, now, now.minus(interval));
        }

        /** A time that is further ahead than its interval was noted before the clock was set back. */
        boolean isDue(Instant now) {
            return !at.isAfter(now) || isSetBack(now);
        }

        private boolean isSetBack(Instant now) {
            return at.isAfter(now.plus(interval));
        }

        /** Intervals that this turn ends, the one that it serves included. Of whole numbers: durations divide by big decimals. */
        private long ended(Instant now) {
            return isSetBack(now)
                    ? 1
                    : Math.max(1, Duration.between(counted, now).toMillis() / interval.toMillis());
        }

        long missed(Instant now) {
            return ended(now) - 1;
        }

        /** A turn that comes a little late does not put off the next ones; a server that is behind gets its rest. */
        Due next(Instant now) {
            boolean punctual = !at.isAfter(now) && Duration.between(at, now).compareTo(interval.dividedBy(2)) <= 0;
            return new Due(
                    interval,
                    (punctual ? at : now).plus(interval),
                    isSetBack(now) ? now : counted.plus(interval.multipliedBy(ended(now))));
        }
    }

    private final Duration usual;
    /** Begins anew with each start, because early scaling decisions do no harm: the first pass makes a graph due. */
    private final Map<GraphId, Due> due = new ConcurrentHashMap<>();

    ScalingSchedule(Duration usual) {
        this.usual = usual;
    }

    /**
     * Takes note of a graph; only a running one is scheduled.
     *
     * @param interval its own interval in seconds, 0 for the usual one
     */
    public void schedule(GraphId graph, GraphPhase phase, int interval, Instant now) {
        if (phase != GraphPhase.RUNNING && phase != GraphPhase.WAITING) {
            due.remove(graph);
            return;
        }
        Duration wanted = interval > 0 ? Duration.ofSeconds(interval) : usual;
        due.compute(
                graph, (id, last) -> last != null && last.interval().equals(wanted) ? last : Due.begin(wanted, now));
    }

    public void hasten(GraphId graph, Instant now) {
        due.computeIfPresent(graph, (id, last) -> Due.begin(last.interval(), now));
    }

    public void forget(GraphId graph) {
        due.remove(graph);
    }

    /**
     * Graphs that are due now.
     *
     * @param graphs in order; they are due again an interval after they were due
     * @param missed intervals that ended without a turn, over all of them: with the turns these are all that ended
     */
    record Turn(List<GraphId> graphs, long missed) {}

    Turn take(Instant now) {
        List<Map.Entry<GraphId, Due>> taken = due.entrySet().stream()
                .filter(entry -> entry.getValue().isDue(now))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        long missed = 0;
        for (Map.Entry<GraphId, Due> entry : taken) {
            missed += entry.getValue().missed(now);
            due.computeIfPresent(entry.getKey(), (id, last) -> last.next(now));
        }
        return new Turn(taken.stream().map(Map.Entry::getKey).toList(), missed);
    }
}
