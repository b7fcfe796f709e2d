// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that this process has seen pass, by which graces are counted: no wall clock is read, so that one which is
 * set, or is another host's, ends none. The time between two readings counts up to a moment: a process that stood still
 * meanwhile has seen nothing. The engine reads it each second.
 */
public final class SeenTime {

    private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private long last;
    private Duration seen = Duration.ZERO;

    /** @param nanos as {@link System#nanoTime} */
    public SeenTime(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    /** The time that was seen up to now; never falls. */
    public synchronized Duration now() {
        long at = nanos.getAsLong();
        Duration step = Duration.ofNanos(Math.max(0, at - last));
        last = at;
        seen = seen.plus(step.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : step);
        return seen;
    }

    /** The part of it that has passed since then. */
    public Duration since(Duration then) {
        return now().minus(then);
    }
}
