// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Delays before the next attempt: exponential, with jitter, never shorter than the system asks for. */
final class RetryDelays {

    private static final int MOST_DOUBLINGS = 30;

    private final RetryLimits retryLimits;
    private final DoubleSupplier chance;

    /** @param chance 0 to 1 */
    RetryDelays(RetryLimits retryLimits, DoubleSupplier chance) {
        this.retryLimits = retryLimits;
        this.chance = chance;
    }

    /** @param failed attempts that have failed, 1 or more */
    Duration after(int failed, AdapterException failure) {
        long doubled = retryLimits.firstDelay().toNanos() << Math.min(failed - 1, MOST_DOUBLINGS);
        long exponential = doubled <= 0
                ? retryLimits.maxDelay().toNanos()
                : Math.min(doubled, retryLimits.maxDelay().toNanos());
        double factor = 1 + retryLimits.jitter() * (2 * chance.getAsDouble() - 1);
        Duration own = Duration.ofNanos(Math.round(exponential * factor));
        Optional<Duration> asked = failure.retryAfter();
        return asked.filter(wanted -> wanted.compareTo(own) > 0).orElse(own);
    }

    boolean tooLong(AdapterException failure) {
        return failure.retryAfter()
                .filter(wanted -> wanted.compareTo(retryLimits.maxDelay()) > 0)
                .isPresent();
    }
}
