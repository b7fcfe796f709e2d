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

    HeardLease(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param leftMillis remaining lease of the server that requests the change */
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

    synchronized void end() {
        changes--;
    }

    /** Returns whether a change is running for a server that may no longer own its database. */
    synchronized boolean isOver() {
        return changes > 0 && left() <= 0;
    }

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
