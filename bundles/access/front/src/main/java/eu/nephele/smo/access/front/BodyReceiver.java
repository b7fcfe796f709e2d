// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.access.front.BodyMemory.MemoryShare;
import eu.nephele.smo.access.front.RequestBodyHandler.RequestBodyLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/** Waits for the body of one request, without a thread, for a limited time and at a minimum rate. */
final class BodyReceiver implements Invocable.Task {

    private static final int REQUEST_TIMEOUT = 408;

    private final Request request;
    private final RequestBodyLimits limits;
    private final Arrived arrived;
    private final Consumer<Throwable> failed;
    private final MemoryShare memoryShare;
    private final Bytes bytes = new Bytes();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final MinimumRate rate;
    private volatile long count;
    private volatile long progressNanos = System.nanoTime();
    private volatile Scheduler.Task deadline = () -> false;

    @FunctionalInterface
    interface Arrived {

        void accept(Request body, ReceiverState state) throws Exception;
    }

    enum ReceiverState {
        COMPLETE,
        /** the awaited part; the rest is still to come */
        BEGUN,
        /** the memory for more was not available */
        REFUSED
    }

    /** @param failed called when the body does not arrive */
    BodyReceiver(
            Request request,
            RequestBodyLimits limits,
            MemoryShare memoryShare,
            Arrived arrived,
            Consumer<Throwable> failed) {
        this.request = request;
        this.limits = limits;
        this.memoryShare = memoryShare;
        this.rate = new MinimumRate(limits.minBytesPerSecond(), System::nanoTime);
        this.arrived = arrived;
        this.failed = failed;
    }

    /** Continues in this thread when the body has arrived already. */
    void begin() throws Exception {
        if (read()) {
            return;
        }
        watch();
        request.demand(this);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** More has arrived. The continuation may block, so it runs in another thread. */
    @Override
    public void run() {
        request.getComponents().getExecutor().execute(() -> {
            try {
                if (!ended.get() && !read()) {
                    request.demand(this);
                }
            } catch (Throwable unexpected) {
                failed.accept(unexpected);
            }
        });
    }

    private boolean read() throws Exception {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(() -> failed.accept(mistake(chunk.getFailure())));
                return true;
            }
            boolean last = chunk.isLast();
            if (!keep(chunk)) {
                end(() -> arrived.accept(buffered(BufferUtil.EMPTY_BUFFER, last), ReceiverState.REFUSED));
                return true;
            }
            if (last || count >= RequestBodyHandler.BUFFERED_BYTES) {
                ReceiverState state = last ? ReceiverState.COMPLETE : ReceiverState.BEGUN;
                end(() -> arrived.accept(buffered(bytes.whole(), last), state));
                return true;
            }
        }
    }

    private BufferedRequest buffered(ByteBuffer begin, boolean complete) {
        MinimumRate ofTheRest = new MinimumRate(limits.minBytesPerSecond(), System::nanoTime);
        return new BufferedRequest(request, begin, complete, ofTheRest);
    }

    private boolean keep(Content.Chunk chunk) throws IOException {
        boolean taken = memoryShare.take(chunk.remaining());
        if (taken) {
            BufferUtil.writeTo(chunk.getByteBuffer(), bytes);
            count = bytes.size();
            progressNanos = System.nanoTime();
        }
        chunk.release();
        return taken;
    }

    private static final class Bytes extends ByteArrayOutputStream {

        synchronized ByteBuffer whole() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    /** An invalid chunk length or a broken connection: not a failure of the server. */
    private static Throwable mistake(Throwable failure) {
        return failure instanceof HttpException ? failure : new BadMessageException("The body cannot be read", failure);
    }

    private void watch() {
        if (!ended.get()) {
            deadline = request.getComponents()
                    .getScheduler()
                    .schedule(this::check, Math.max(10, leftNanos() / 1_000_000), TimeUnit.MILLISECONDS);
        }
    }

    private void check() {
        if (leftNanos() > 0) {
            watch();
        } else if (ended.compareAndSet(false, true)) {
            failed.accept(new HttpException.RuntimeException(
                    REQUEST_TIMEOUT, "The body came too slowly: %d bytes".formatted(count)));
        }
    }

    /**
     * Until the limit for the whole body expires, the average falls below the minimum rate, or nothing has come for too long, whichever
     * is first.
     */
    private long leftNanos() {
        return Math.min(
                rate.leftNanos(count, limits.bodyTime()),
                limits.stalledTime().toNanos() - (System.nanoTime() - progressNanos));
    }

    private interface BodyEnd {
        void run() throws Exception;
    }

    private void end(BodyEnd what) throws Exception {
        if (ended.compareAndSet(false, true)) {
            deadline.cancel();
            what.run();
        }
    }
}
