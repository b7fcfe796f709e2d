// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.util.OptionalLong;

/** When a container was asked by health probes: how many, and the longest time between two. */
final class ProbeTimes {

    private long count;
    private long longestGapNanos;
    private OptionalLong lastNanos = OptionalLong.empty();

    void asked() {
        long now = System.nanoTime();
        lastNanos.ifPresent(last -> longestGapNanos = Math.max(longestGapNanos, now - last));
        lastNanos = OptionalLong.of(now);
        count++;
    }

    /** While it does not run nobody asks. */
    void interrupted() {
        lastNanos = OptionalLong.empty();
    }

    /** Counts from now on. */
    void reset() {
        count = 0;
        longestGapNanos = 0;
        if (lastNanos.isPresent()) {
            lastNanos = OptionalLong.of(System.nanoTime());
        }
    }

    long count() {
        return count;
    }

    /** The time since the last one counts, too. */
    long longestGapNanos() {
        return lastNanos.isPresent()
                ? Math.max(longestGapNanos, System.nanoTime() - lastNanos.getAsLong())
                : longestGapNanos;
    }
}
