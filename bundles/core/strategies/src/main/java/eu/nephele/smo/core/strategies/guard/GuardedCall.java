// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.strategies.registry.Offer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/**
 * One call of a service, on a thread of the guard. Its budget begins when the thread does: a busy machine is not the fault of a
 * strategy. Known to the offer until the thread has really left the service's code.
 */
final class GuardedCall<R> extends FutureTask<R> implements Offer.Call {
    private final Offer offer;
    private final Deadline deadline;
    private final long graceMillis;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile boolean abandoned;

    GuardedCall(Offer offer, Deadline deadline, long graceMillis, Callable<R> body) {
        super(body);
        this.offer = offer;
        this.deadline = deadline;
        this.graceMillis = graceMillis;
    }

    @Override
    public void run() {
        deadline.begin();
        started.countDown();
        // what the service creates (threads, timers) must inherit our loader and not keep the one of a bundle that
        // leaves
        Thread.currentThread().setContextClassLoader(GuardedCall.class.getClassLoader());
        try {
            super.run();
        } finally {
            offer.leave(this);
        }
    }

    /** Waits until a thread has taken it up. */
    void awaitStart() throws InterruptedException {
        started.await();
    }

    @Override
    public long latestNanos() {
        return deadline.plusMillis(graceMillis);
    }

    @Override
    public boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }

    @Override
    public void interrupt() {
        cancel(true);
    }
}
