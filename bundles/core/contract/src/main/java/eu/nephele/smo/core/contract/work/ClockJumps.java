// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Checks whether the wall clock was set ahead: it has moved much more than the monotonic clock since the last check.
 * For tasks that delete by age and lose nothing by waiting for their next run.
 */
public final class ClockJumps {

    /** Clocks that are only adjusted differ by less between two checks. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant last;
    private long lastNanos;

    /** @param nanos as {@link System#nanoTime} */
    public ClockJumps(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.last = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /** By how much it was set ahead since the last call, or since this was made; empty when it was not. */
    public synchronized Optional<Duration> check() {
        Instant now = clock.instant();
        long at = nanos.getAsLong();
        Duration ahead = Duration.between(last, now).minusNanos(at - lastNanos);
        last = now;
        lastNanos = at;
        return ahead.compareTo(TOLERANCE) > 0 ? Optional.of(ahead) : Optional.empty();
    }
}
