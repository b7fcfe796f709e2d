// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread; signals that come while it is awake collapse into one and are never lost. */
public final class Wakeup {

    private final Semaphore signals = new Semaphore(0);

    /** Quick, never blocking. */
    public void signal() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    /** Waits for a signal, at most so long. A signal since the last call counts. */
    public void await(Duration atMost) throws InterruptedException {
        if (signals.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            signals.drainPermits();
        }
    }
}
