// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of all shadows: does what waits in a bounded queue while no live decision waits, and saves from time
 * to time.
 */
final class ShadowWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShadowWorker.class);
    private static final long YIELD_MILLIS = 5;
    private static final long END_MILLIS = 4000;

    private final BlockingQueue<Runnable> queue;
    private final BooleanSupplier crowded;
    private final Runnable save;
    private final long flushNanos;
    private final Thread thread;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile boolean ending;

    /**
     * @param crowded whether live decisions wait for a thread
     * @param save writes what is new; called every {@code flushEvery} and at the end
     */
    ShadowWorker(int capacity, BooleanSupplier crowded, Runnable save, Duration flushEvery) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.crowded = crowded;
        this.save = save;
        this.flushNanos = flushEvery.toNanos();
        this.thread = new Thread(this::run, "smo-shadow");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Never waits. @return false when the queue is full */
    boolean offer(Runnable comparison) {
        unfinished.incrementAndGet();
        boolean taken = queue.offer(comparison);
        if (!taken) {
            unfinished.decrementAndGet();
        }
        return taken;
    }

    boolean idle() {
        return unfinished.get() == 0;
    }

    /** Gives up pending comparisons: their decisions were made, only not compared. */
    @Override
    public void close() {
        ending = true;
        // Wakes the thread; it is not interrupted, since H2 closes its file when a thread that uses it is.
        queue.offer(() -> {});
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long savedAt = System.nanoTime();
        try {
            while (!ending) {
                long left = Math.max(1, flushNanos - (System.nanoTime() - savedAt));
                Runnable next = queue.poll(left, TimeUnit.NANOSECONDS);
                if (next != null) {
                    compare(next);
                }
                if (System.nanoTime() - savedAt >= flushNanos) {
                    guarded(save);
                    savedAt = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guarded(save);
    }

    private void compare(Runnable comparison) {
        try {
            while (!ending && crowded.getAsBoolean()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(YIELD_MILLIS));
            }
            if (!ending) {
                guarded(comparison);
            }
        } finally {
            unfinished.decrementAndGet();
        }
    }

    /** Catches everything: the thread serves all shadows. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("comparing or storing a shadow failed reason=\"{}\"", e.toString(), e);
        }
    }
}
