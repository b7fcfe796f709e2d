// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads the unread rest of a body before the connection is released or closed. A connection that is closed with unread
 * bytes is reset, and a reset discards the answer if the client has not read it yet.
 */
final class UnreadBodyDrain implements Callback, Invocable.Task {

    private final Request request;
    private final Callback callback;
    private final AtomicBoolean ended = new AtomicBoolean();
    private long drainedBytes;
    private volatile Scheduler.Task deadline = () -> false;

    UnreadBodyDrain(Request request, Callback callback) {
        this.request = request;
        this.callback = callback;
    }

    @Override
    public void succeeded() {
        if (!read()) {
            deadline = request.getComponents()
                    .getScheduler()
                    .schedule(this::giveUp, RequestBodyHandler.MAX_DRAIN.toMillis(), TimeUnit.MILLISECONDS);
            request.demand(this);
        }
    }

    @Override
    public void failed(Throwable failure) {
        callback.failed(failure);
    }

    @Override
    public void run() {
        if (!ended.get() && !read()) {
            request.demand(this);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private boolean read() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return false;
            }
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
            drainedBytes += chunk.remaining();
            chunk.release();
            if (over || drainedBytes > RequestBodyHandler.MAX_DRAINED_BYTES) {
                if (ended.compareAndSet(false, true)) {
                    deadline.cancel();
                    callback.succeeded();
                }
                return true;
            }
        }
    }

    private void giveUp() {
        if (ended.compareAndSet(false, true)) {
            callback.failed(new TimeoutException("The unread rest of a body did not arrive"));
        }
    }
}
