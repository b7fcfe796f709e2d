// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import java.util.concurrent.TimeUnit;

/** Rate of the last while. Not safe for threads. */
final class Throughput {

    /** Long enough that a collection or a slow call is no drop, short enough that it follows what happens. */
    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS + 1];
    private final long beganNanos;
    private long second;

    Throughput(long nowNanos) {
        this.beganNanos = nowNanos;
    }

    void count(long nowNanos) {
        moveTo(nowNanos);
        counts[slot(second)]++;
    }

    /** On the average of the last ten seconds; the one that has just begun does not count. */
    double perSecond(long nowNanos) {
        moveTo(nowNanos);
        long sum = 0;
        for (long at = Math.max(0, second - SECONDS); at < second; at++) {
            sum += counts[slot(at)];
        }
        return sum / (double) Math.max(1, Math.min(second, SECONDS));
    }

    private void moveTo(long nowNanos) {
        long now = TimeUnit.NANOSECONDS.toSeconds(nowNanos - beganNanos);
        for (long at = Math.max(second + 1, now - SECONDS); at <= now; at++) {
            counts[slot(at)] = 0;
        }
        second = Math.max(second, now);
    }

    private static int slot(long second) {
        return (int) (second % (SECONDS + 1));
    }
}
