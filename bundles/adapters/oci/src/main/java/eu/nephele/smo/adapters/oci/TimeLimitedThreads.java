// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs slow work on its own threads, so that it can be cancelled: no time-out of the client covers reading an answer. */
final class TimeLimitedThreads implements AutoCloseable {

    private static final long END_SECONDS = 5;

    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(this::thread);
    private final InterruptibleReads streams;

    TimeLimitedThreads(InterruptibleReads streams) {
        this.streams = streams;
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "smo-oci-" + number.incrementAndGet());
        thread.setDaemon(true);
        // threads of the client begin here too and inherit it
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** @throws AdapterException {@code TIMED_OUT} at the end of the time; the work is interrupted */
    <T> T within(Duration limit, String key, String what, Callable<T> work) {
        Worker worker = new Worker();
        Future<T> result = submit(what, () -> {
            worker.begin();
            try {
                return work.call();
            } finally {
                worker.end();
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            giveUp(result, worker);
            throw new AdapterException(
                    Kind.TIMED_OUT,
                    RegistryFailures.SYSTEM,
                    "%s was not done after %d ms (%s in %s)".formatted(what, limit.toMillis(), key, OciSettings.PID),
                    tooLong);
        } catch (InterruptedException interrupted) {
            giveUp(result, worker);
            Thread.currentThread().interrupt();
            throw RegistryFailures.unavailable(what + " was interrupted", interrupted);
        } catch (ExecutionException failed) {
            throw failure(what, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    boolean isGivenUp() {
        return streams.isGivenUp();
    }

    private void giveUp(Future<?> result, Worker worker) {
        // in this order: interrupted work must already be marked as cancelled
        worker.giveUp();
        result.cancel(true);
    }

    /** Thread of one piece of work: after its end the thread does other work, which must not be interrupted. */
    private final class Worker {

        private Optional<Thread> thread = Optional.empty();
        private boolean givenUp;

        synchronized void begin() {
            thread = Optional.of(Thread.currentThread());
            if (givenUp) {
                streams.breakOff(Thread.currentThread());
            }
        }

        synchronized void end() {
            thread = Optional.empty();
            streams.done(Thread.currentThread());
        }

        synchronized void giveUp() {
            givenUp = true;
            thread.ifPresent(streams::breakOff);
        }
    }

    private <T> Future<T> submit(String what, Callable<T> work) {
        try {
            return threads.submit(work);
        } catch (RejectedExecutionException closed) {
            throw RegistryFailures.unavailable(
                    what + " failed: the adapter of registries is being replaced; retry", closed);
        }
    }

    private static AdapterException failure(String what, Throwable cause) {
        if (cause instanceof AdapterException known) {
            return known;
        }
        return RegistryFailures.unavailable(
                "%s failed: %s".formatted(what, RegistryMessages.bounded(String.valueOf(cause))), cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        streams.breakOffAll();
        try {
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
