// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request of which the beginning of the body, or all of it, has been read already. */
final class BufferedRequest extends Request.Wrapper {

    private final boolean complete;
    private Content.@Nullable Chunk buffered;

    /** @param complete whether these bytes are all of the body */
    BufferedRequest(Request request, ByteBuffer bytes, boolean complete) {
        super(request);
        this.complete = complete;
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
        return complete ? Content.Chunk.EOF : super.read();
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

    /** Not here: whoever tries without waiting gives up the rest of the body, which {@link Drain} waits for. */
    @Override
    public boolean consumeAvailable() {
        return complete;
    }
}
