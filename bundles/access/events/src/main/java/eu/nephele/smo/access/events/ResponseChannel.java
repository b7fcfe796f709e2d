// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of an answer that is written without a thread of its own. {@link #body()} is the entity that keeps the
 * answer open for the REST framework; what is sent goes past it, because it would block on a client that does not read.
 */
final class ResponseChannel {

    /** Attribute of the request in which the front of the web server says how its connection is cut. */
    static final String CUT = "smo.front.cut";

    /** The server keeps a buffer of this size for each stream, and writes in pieces of it. */
    private static final int BUFFER_BYTES = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(ResponseChannel.class);

    private final AsyncContext asyncContext;
    private final ServletOutputStream out;
    private final ChunkedOutput<byte[]> body = new ChunkedOutput<>(byte[].class);
    private final Optional<Runnable> cut;
    private boolean unflushed;

    /** Of a request that is asynchronous already, before anything is written. */
    ResponseChannel(HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.asyncContext = request.getAsyncContext();
        response.setBufferSize(BUFFER_BYTES);
        this.out = response.getOutputStream();
        this.cut = request.getAttribute(CUT) instanceof Runnable runnable ? Optional.of(runnable) : Optional.empty();
    }

    ChunkedOutput<byte[]> body() {
        return body;
    }

    /** After the head of the answer; the listener is told when the first write is possible. */
    void listen(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /** Returns whether a write would be taken now; if not, the listener is told when it will be. */
    boolean isReady() throws IOException {
        boolean ready = out.isReady();
        if (ready && unflushed) {
            unflushed = false;
            out.flush();
            ready = out.isReady();
        }
        return ready;
    }

    /** Writes when ready; what was written is on its way when {@link #isReady} was asked again. */
    void write(EventFrames frames) throws IOException {
        unflushed = true;
        frames.writeTo(out);
    }

    /** Ends the answer: properly when it was ready, else as it is. */
    void close() {
        try {
            body.close();
        } catch (IOException | RuntimeException gone) {
            LOG.debug("closing event stream failed", gone);
            complete();
        }
    }

    private void complete() {
        try {
            asyncContext.complete();
        } catch (IllegalStateException already) {
            LOG.debug("event stream was closed before", already);
        }
    }

    /** Cuts the connection, whatever the client does. */
    void cut() {
        cut.ifPresent(Runnable::run);
    }
}
