// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body has been read already, as a whole or its beginning. */
final class BufferedRequest extends Request.Wrapper {

    /** The rest is limited by its rate only and may have any length. */
    private static final Duration ANY = Duration.ofNanos(Long.MAX_VALUE);

    private final boolean complete;
    private final MinimumRate rate;
    private long rest;
    private Content.@Nullable Chunk buffered;

    /** @param complete whether these bytes are the whole body */
    BufferedRequest(Request request, ByteBuffer bytes, boolean complete, MinimumRate rate) {
        super(request);
        this.complete = complete;
        this.rate = rate;
        this.buffered = Content.Chunk.from(bytes, complete);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk first;
        synchronized (this) {
            first = buffered;
            buffered = null;
        }
        if (first != null) {
            return first;
        }
        return complete ? Content.Chunk.EOF : readOn();
    }

    private synchronized Content.@Nullable Chunk readOn() {
        Content.Chunk more = super.read();
        if (more == null || Content.Chunk.isFailure(more) || more.isLast()) {
            return more;
        }
        rest += more.remaining();
        if (rate.leftNanos(rest, ANY) >= 0) {
            return more;
        }
        more.release();
        return Content.Chunk.from(
                new TimeoutException("The rest of the body came too slowly: %d bytes".formatted(rest)), true);
    }

    @Override
    public void demand(Runnable more) {
        boolean there;
        synchronized (this) {
            there = complete || buffered != null;
        }
        if (there) {
            getComponents().getExecutor().execute(more);
        } else {
            super.demand(more);
        }
    }

    /** Does nothing: a reader that does not wait would give up the rest, which {@link UnreadBodyDrain} waits for. */
    @Override
    public boolean consumeAvailable() {
        return complete;
    }
}
