// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import eu.nephele.smo.api.model.GraphId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long each change is under way. Time counts only while this process looks at the graph, and a clock that jumps adds no more
 * than a moment: neither a restart nor a wrong clock makes a change fail.
 */
public final class Deadlines {

    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    private record Watch(long generation, Instant lastLook, Duration elapsed) {}

    private final Duration limit;
    private final Clock clock;
    private final Map<GraphId, Watch> watches = new ConcurrentHashMap<>();

    /** @param limit zero for none */
    public Deadlines(Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** How long a change may be under way; zero for ever. */
    public Duration limit() {
        return limit;
    }

    /**
     * Takes note that the change that made this generation is not done yet.
     *
     * @return whether it takes too long
     */
    public boolean exceeded(GraphId graph, long generation) {
        if (limit.isZero()) {
            return false;
        }
        Instant now = clock.instant();
        Watch watch = watches.compute(
                graph,
                (id, last) -> last == null || last.generation() != generation
                        ? new Watch(generation, now, Duration.ZERO)
                        : new Watch(generation, now, last.elapsed().plus(step(last.lastLook(), now))));
        return watch.elapsed().compareTo(limit) > 0;
    }

    /** It is done, or starts over. */
    public void forget(GraphId graph) {
        watches.remove(graph);
    }

    private static Duration step(Instant from, Instant to) {
        Duration step = to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        return step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step;
    }
}
