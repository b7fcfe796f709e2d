// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import eu.nephele.smo.api.model.GraphId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The durations of changes under way. This process counts the time that it has seen pass; a change of a former process
 * counts from its stored beginning, so that servers that take over from each other in turn do not go on for ever.
 * Stored times are of clocks that may be wrong, and the server may have been down: after a start a tenth of the limit
 * is left at least.
 */
public final class ProgressDeadlines {

    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    private static final int SHARE_AFTER_A_START = 10;

    private record Watch(long generation, Duration lastLook, Duration elapsed) {}

    private final Duration limit;
    private final SeenTime time;
    private final Clock clock;
    private final Function<GraphId, Optional<Instant>> begun;
    /** Cache of what is under way, found again by the stored beginning of its stage. */
    private final Map<GraphId, Watch> watches = new ConcurrentHashMap<>();

    /**
     * @param limit zero for none
     * @param begun stored beginning of a change that a former process has left under way; read at the first pass
     */
    public ProgressDeadlines(Duration limit, SeenTime time, Clock clock, Function<GraphId, Optional<Instant>> begun) {
        this.limit = limit;
        this.time = time;
        this.clock = clock;
        this.begun = begun;
    }

    /** The longest duration of a change; zero for ever. */
    public Duration limit() {
        return limit;
    }

    /** @return whether the change that made this generation takes too long */
    public boolean exceeded(GraphId graph, long generation) {
        if (limit.isZero()) {
            return false;
        }
        Duration now = time.now();
        Watch watch = watches.compute(graph, (id, last) -> next(id, last, generation, now));
        return watch.elapsed().compareTo(limit) > 0;
    }

    private Watch next(GraphId graph, @Nullable Watch last, long generation, Duration now) {
        if (last == null) {
            return new Watch(generation, now, before(graph));
        }
        Duration step = now.minus(last.lastLook());
        return last.generation() != generation
                ? new Watch(generation, now, Duration.ZERO)
                : new Watch(
                        generation, now, last.elapsed().plus(step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step));
    }

    private Duration before(GraphId graph) {
        Duration most = limit.minus(limit.dividedBy(SHARE_AFTER_A_START));
        Duration age = begun.apply(graph)
                .map(at -> Duration.between(at, clock.instant()))
                .filter(between -> !between.isNegative())
                .orElse(Duration.ZERO);
        return age.compareTo(most) > 0 ? most : age;
    }

    /** The change is done, or starts over. */
    public void forget(GraphId graph) {
        watches.remove(graph);
    }
}
