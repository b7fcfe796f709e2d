// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.util.concurrent.TimeUnit;

/** The end of a time budget. Monotonic: does not care for the clock on the wall. */
public final class Deadline {
    private final long budgetNanos;
    private volatile long nanos;

    private Deadline(long budgetNanos) {
        this.budgetNanos = budgetNanos;
        this.nanos = System.nanoTime() + budgetNanos;
    }

    static Deadline inMillis(long millis) {
        return new Deadline(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** The budget counts from now on. */
    void begin() {
        nanos = System.nanoTime() + budgetNanos;
    }

    /** 0 when it has passed. */
    public long remainingMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
    }

    public boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }

    long plusMillis(long millis) {
        return nanos + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
