// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What somebody may take, refilled at a constant rate. Its state is the time at which it is full again, one number, so
 * that threads never wait for each other.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final Rate rate;
    private final AtomicLong fullAt;

    /**
     * @param perSecond tokens that come back, more than 0
     * @param burst tokens of a full bucket, 1 or more
     */
    record Rate(double perSecond, long burst) {

        Rate {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException(
                        "perSecond=%s burst=%d, expected more than 0 and 1 or more".formatted(perSecond, burst));
            }
        }

        /** Time in which so many come back. */
        long nanos(long tokens) {
            return (long) Math.min(Long.MAX_VALUE / 4.0, tokens * NANOS / perSecond);
        }

        /** Seconds in which an empty bucket is full, 1 or more. */
        long window() {
            return Math.max(1, Math.round(burst / perSecond));
        }
    }

    /** @param now as {@link System#nanoTime} */
    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.fullAt = new AtomicLong(now);
    }

    Rate rate() {
        return rate;
    }

    /**
     * Takes tokens, or none. More than a full bucket has are given out of a full one; it lacks them afterwards.
     *
     * @return 0 when they were taken; else the nanoseconds after which they can be
     */
    long take(long tokens, long now) {
        long cost = rate.nanos(tokens);
        long most = rate.nanos(rate.burst());
        while (true) {
            long present = fullAt.get();
            long lacking = Math.max(0, present - now);
            if (lacking > 0 && lacking + cost > most) {
                return Math.min(lacking, lacking + cost - most);
            }
            if (fullAt.compareAndSet(present, now + lacking + cost)) {
                return 0;
            }
        }
    }

    /** Takes what was used already, however much is left. */
    void charge(long tokens, long now) {
        long cost = rate.nanos(tokens);
        fullAt.updateAndGet(present -> now + Math.max(0, present - now) + cost);
    }

    boolean isFull(long now) {
        return fullAt.get() - now <= 0;
    }
}
