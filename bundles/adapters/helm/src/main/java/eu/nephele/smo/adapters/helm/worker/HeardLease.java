// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The lease of the server as reported to the worker, counted by its own clock from receipt. */
final class HeardLease {

    private final LongSupplier nanos;
    // guarded by this
    private int changes;
    // guarded by this
    private long endNanos;

    /** @param nanos as {@link System#nanoTime} */
    HeardLease(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins a change, requested by a server with this remaining lease. */
    synchronized void begin(long leftMillis) {
        hear(leftMillis);
        changes++;
    }

    /** Extends the lease by a notification; one that arrives after the end is ignored, because it may be old. */
    synchronized void hear(long leftMillis) {
        if (!isOver()) {
            endNanos = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(leftMillis);
        }
        notifyAll();
    }

    /** Ends a change. */
    synchronized void end() {
        changes--;
    }

    /** Returns whether a change is running for a server that may no longer own its database. */
    synchronized boolean isOver() {
        return changes > 0 && left() <= 0;
    }

    /** Returns when it {@link #isOver}. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!isOver()) {
            if (changes == 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left());
            }
        }
    }

    // guarded by this
    private long left() {
        return endNanos - nanos.getAsLong();
    }
}
