// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.worker.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Input of one worker. */
final class WorkerInput implements AutoCloseable {

    /** Several changes at a time need not say the same. */
    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Of words that the worker has not taken note of: a pipe that holds some thousand more takes them without waiting. */
    private static final int MOST_UNHEARD = 200;

    private final OutputStream out;
    private final LongSupplier nanos;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger unheard = new AtomicInteger();
    // guarded by writing
    private long toldNanos;

    /** @param nanos as {@link System#nanoTime} */
    WorkerInput(OutputStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.toldNanos = nanos.getAsLong() - TELL_NANOS;
    }

    /** Asks for something; waits while the worker reads nothing. */
    void ask(Frame request) throws IOException {
        writing.lock();
        try {
            write(request);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Says what is left of the tenure of this server. A worker that has not taken note of the last words, or is being asked something,
     * is told another time: one that reads nothing keeps nobody waiting.
     */
    void write(Duration left) throws IOException {
        if (unheard.get() >= MOST_UNHEARD || !writing.tryLock()) {
            return;
        }
        try {
            long now = nanos.getAsLong();
            if (now - toldNanos >= TELL_NANOS) {
                toldNanos = now;
                unheard.incrementAndGet();
                write(new Frame(0, Frame.OWNER, Map.of(Frame.LEFT_MILLIS, Long.toString(left.toMillis()))));
            }
        } finally {
            writing.unlock();
        }
    }

    /** The worker has taken note of one of these words. */
    void heard() {
        unheard.decrementAndGet();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    // guarded by writing
    private void write(Frame frame) throws IOException {
        out.write((frame.line() + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
