// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.core.strategies.registry.Offer;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** One call of a service, on a thread of the guard. Known to the offer until the thread has really left the service's code. */
final class GuardedCall<R> extends FutureTask<R> implements Offer.Call {
    private final Offer offer;
    private final long latestNanos;
    private volatile boolean abandoned;

    GuardedCall(Offer offer, long latestNanos, Callable<R> body) {
        super(body);
        this.offer = offer;
        this.latestNanos = latestNanos;
    }

    @Override
    public void run() {
        // what the service creates (threads, timers) must inherit our loader and not keep the one of a bundle that
        // leaves
        Thread.currentThread().setContextClassLoader(GuardedCall.class.getClassLoader());
        try {
            super.run();
        } finally {
            offer.leave(this);
        }
    }

    @Override
    public long latestNanos() {
        return latestNanos;
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
