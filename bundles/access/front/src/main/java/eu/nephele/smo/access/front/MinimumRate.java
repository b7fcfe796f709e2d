// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time limit of a body: 10 s, extended with every received byte, from the creation of this object. The limit of the web
 * server itself has no such grace period and counts the time in which we do not read: a garbage collection would make a
 * small body slow.
 */
final class MinimumRate {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final int minBytesPerSecond;
    private final LongSupplier nanoTime;
    private final long beginNanos;

    /** @param minBytesPerSecond 0 for any rate */
    MinimumRate(int minBytesPerSecond, LongSupplier nanoTime) {
        this.minBytesPerSecond = minBytesPerSecond;
        this.nanoTime = nanoTime;
        this.beginNanos = nanoTime.getAsLong();
    }

    /** @return negative when the limit is exceeded */
    long leftNanos(long bytes, Duration longest) {
        Duration allowed = longest;
        if (minBytesPerSecond > 0) {
            Duration byRate = GRACE.plusMillis(bytes * 1000 / minBytesPerSecond);
            allowed = byRate.compareTo(longest) < 0 ? byRate : longest;
        }
        return allowed.toNanos() - (nanoTime.getAsLong() - beginNanos);
    }
}
