// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.control;

import java.time.Duration;

/**
 * A pause that doubles with each attempt, and is short again after a long quiet time.
 *
 * @param attempts so far
 * @param dueNanos earliest moment of the next one
 */
record GrowingPause(int attempts, long dueNanos) {

    private static final int MOST_DOUBLINGS = 20;

    static GrowingPause none(long nowNanos) {
        return new GrowingPause(0, nowNanos);
    }

    boolean isOver(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    /** After an attempt. */
    GrowingPause next(long nowNanos, Duration first, Duration longest) {
        boolean quiet = nowNanos - dueNanos > longest.toNanos();
        int before = quiet ? 0 : attempts;
        long doubled = first.toNanos() << Math.min(before, MOST_DOUBLINGS);
        long pause = doubled < 0 || doubled > longest.toNanos() ? longest.toNanos() : doubled;
        return new GrowingPause(before + 1, nowNanos + pause);
    }

    Duration left(long nowNanos) {
        return Duration.ofNanos(Math.max(0, dueNanos - nowNanos));
    }
}
