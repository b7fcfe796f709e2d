// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets a request in when its body has come, so that no thread waits for one that sends a byte at a time. Of a large body the first
 * {@link #BUFFERED_BYTES} are waited for; while the rest comes, the request holds a thread, which only a few may do at once. What
 * nobody read of a body is read on for a while after the answer, because whoever is cut off while sending never sees it.
 */
final class RequestBodyHandler extends Handler.Wrapper {

    /** Bytes of a body that are kept in memory before anybody asks for them. */
    static final int BUFFERED_BYTES = 1 << 20;

    /** What a client may still send of a body that nobody wants. */
    static final long MAX_DRAINED_BYTES = 32L << 20;

    static final Duration MAX_DRAIN = Duration.ofSeconds(10);

    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final Limits limits;
    private final Semaphore largeBodies;

    /**
     * @param bodyTime for the part that is waited for
     * @param minBytesPerSecond 0 for any rate
     * @param largeBodies requests with a large body at once
     */
    record Limits(Duration bodyTime, int minBytesPerSecond, int largeBodies) {}

    RequestBodyHandler(Handler next, Limits limits) {
        super(next);
        this.limits = limits;
        this.largeBodies = new Semaphore(limits.largeBodies());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long announced = request.getLength();
        if (announced == 0 || (announced < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))) {
            return super.handle(request, response, callback);
        }
        Drain drained = new Drain(request, callback);
        if (announced > Integer.MAX_VALUE) {
            Response.writeError(new BufferedRequest(request, new byte[0], false), response, drained, PAYLOAD_TOO_LARGE);
            return true;
        }
        new BodyArrival(request, limits, (body, complete) -> admit(body, complete, response, drained), callback::failed)
                .begin();
        return true;
    }

    private void admit(Request body, boolean complete, Response response, Callback drained) throws Exception {
        if (complete) {
            next(body, response, drained);
        } else if (largeBodies.tryAcquire()) {
            next(body, response, Callback.from(drained, () -> largeBodies.release()));
        } else {
            Response.writeError(body, response, drained, UNAVAILABLE);
        }
    }

    private void next(Request body, Response response, Callback callback) throws Exception {
        if (!super.handle(body, response, callback)) {
            Response.writeError(body, response, callback, 404);
        }
    }
}
