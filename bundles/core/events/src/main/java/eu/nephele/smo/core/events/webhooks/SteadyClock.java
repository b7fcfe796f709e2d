// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time by which attempts are scheduled: follows the clock when it jumps forwards, and continues by itself when it
 * jumps backwards, so that an attempt that is due in a second is not delayed by an hour.
 */
final class SteadyClock {

    private final Clock clock;
    private final LongSupplier nanos;
    private Instant last;
    private long lastNanos;

    /** @param nanos as {@link System#nanoTime} */
    SteadyClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.last = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    synchronized Instant now() {
        long at = nanos.getAsLong();
        Instant carriedOn = last.plusNanos(Math.max(0, at - lastNanos));
        Instant told = clock.instant();
        last = told.isAfter(carriedOn) ? told : carriedOn;
        lastNanos = at;
        return last;
    }

    /** Returns the time since an instant by the clock itself; zero for an instant in the future. */
    Duration since(Instant then) {
        Duration age = Duration.between(then, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
