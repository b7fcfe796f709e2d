// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a body may take to come: 10 s, and longer with every byte that has come. The time begins with this. That of the web server
 * itself has no such grace, and counts the time in which we do not read: a collection of garbage would make a small body slow.
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

    /**
     * How long it may still take.
     *
     * @param bytes that have come
     * @param longest that it may take, however fast it comes
     * @return negative when it has taken too long
     */
    long leftNanos(long bytes, Duration longest) {
        Duration allowed = longest;
        if (minBytesPerSecond > 0) {
            Duration byRate = GRACE.plusMillis(bytes * 1000 / minBytesPerSecond);
            allowed = byRate.compareTo(longest) < 0 ? byRate : longest;
        }
        return allowed.toNanos() - (nanoTime.getAsLong() - beginNanos);
    }
}
