// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time by which attempts are scheduled: follows the clock when it goes or jumps forwards, and goes on by itself when it jumps
 * backwards, so that what is due in a second is not due in an hour.
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

    /** How long ago something happened by the clock itself; zero when it says that this is still to come. */
    Duration since(Instant then) {
        Duration age = Duration.between(then, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
