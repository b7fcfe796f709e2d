// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for guarded calls. The permits of the guard bound the calls, and an abandoned thread gives its permit back, so the
 * threads need no bound of their own.
 */
final class CallThreads implements AutoCloseable {
    private final AtomicInteger number = new AtomicInteger();

    /** Guarded by this. */
    private ExecutorService threads = newThreads();

    private boolean closed;

    private ExecutorService newThreads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "smo-strategy-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws RejectedExecutionException after the end */
    synchronized void execute(Runnable call) {
        threads.execute(call);
    }

    /** Services have left. What they keep in variables of a thread keeps their class loader: new calls get new threads. */
    synchronized void renew() {
        if (!closed) {
            threads.shutdown();
            threads = newThreads();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.shutdownNow();
    }
}
