// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits for so many calls at once; first come, first served. Their number can change while calls run: with fewer
 * permits, no call begins until enough have ended.
 */
final class Bulkhead {

    private static final class Shrinking extends Semaphore {

        @Serial
        private static final long serialVersionUID = 1L;

        Shrinking(int permits) {
            super(permits, true);
        }

        void shrink(int by) {
            reducePermits(by);
        }
    }

    private final Shrinking free;
    private final AtomicInteger taken = new AtomicInteger();
    private int size;

    Bulkhead(int size) {
        this.size = size;
        this.free = new Shrinking(size);
    }

    boolean take(Duration atMost) throws InterruptedException {
        boolean got = free.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (got) {
            taken.incrementAndGet();
        }
        return got;
    }

    void leave() {
        taken.decrementAndGet();
        free.release();
    }

    int taken() {
        return taken.get();
    }

    synchronized void resize(int wanted) {
        if (wanted > size) {
            free.release(wanted - size);
        } else {
            free.shrink(size - wanted);
        }
        size = wanted;
    }
}
