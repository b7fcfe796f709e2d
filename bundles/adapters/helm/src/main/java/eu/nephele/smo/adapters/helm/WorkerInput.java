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

/** Writes requests and notifications to the standard input of one worker. */
final class WorkerInput implements AutoCloseable {

    /** Concurrent changes need not repeat a notification. */
    private static final long TELL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Limit of unconfirmed notifications: the pipe has space for some thousand more, so that writing never blocks. */
    private static final int MOST_UNHEARD = 200;

    private final OutputStream out;
    private final LongSupplier nanos;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger unheard = new AtomicInteger();
    // guarded by writing
    private long toldNanos;

    WorkerInput(OutputStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.toldNanos = nanos.getAsLong() - TELL_NANOS;
    }

    /** Sends a request; blocks while the worker reads nothing. */
    void ask(Frame request) throws IOException {
        writing.lock();
        try {
            write(request);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Sends the remaining tenure of this server. A worker that has not confirmed the last notifications, or is receiving a request,
     * is notified later: a worker that reads nothing blocks no caller.
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
