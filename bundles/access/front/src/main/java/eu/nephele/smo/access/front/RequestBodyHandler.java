// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.access.front.BodyMemory.MemoryShare;
import eu.nephele.smo.access.front.BodyReceiver.ReceiverState;
import eu.nephele.smo.core.contract.access.ClientNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Passes a request on when its body has arrived, so that no thread waits for a slow sender. Of a large body the first
 * {@link #BUFFERED_BYTES} are awaited; while the rest arrives, the request holds a thread, which is limited to a few
 * requests. Unread bytes of a body are read for a while after the answer, because a client that is cut off while
 * sending never sees the answer.
 */
final class RequestBodyHandler extends Handler.Wrapper {

    /** Bytes of a body that are buffered before the application reads them. */
    static final int BUFFERED_BYTES = 1 << 20;

    /** Bytes of an unread body that a client may still send. */
    static final long MAX_DRAINED_BYTES = 32L << 20;

    static final Duration MAX_DRAIN = Duration.ofSeconds(10);

    /** Bytes reserved for the rest of a large body: as much as the application reads into memory. */
    static final long LARGE_BYTES = 5L << 20;

    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int UNAVAILABLE = 503;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern MEDIA_TYPE = Pattern.compile("\\s*%s/%s\\s*(;|$)".formatted(TOKEN, TOKEN));

    private final RequestBodyLimits limits;
    private final Semaphore largeBodies;
    private final BodyMemory bodyMemory;

    /**
     * @param bodyTime time limit of the awaited part
     * @param stalledTime limit of a pause: whoever sends much at once and then nothing would hold it as long as its average allows
     * @param minBytesPerSecond 0 for any rate
     * @param memoryBytes for the bodies of all requests together
     */
    record RequestBodyLimits(
            Duration bodyTime, Duration stalledTime, int minBytesPerSecond, int largeBodies, long memoryBytes) {}

    RequestBodyHandler(Handler next, RequestBodyLimits limits) {
        super(next);
        this.limits = limits;
        this.largeBodies = new Semaphore(limits.largeBodies());
        this.bodyMemory = new BodyMemory(limits.memoryBytes());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long announced = request.getLength();
        if (announced == 0 || (announced < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))) {
            return super.handle(request, response, callback);
        }
        closeAsAsked(request, response);
        UnreadBodyDrain drained = new UnreadBodyDrain(request, callback);
        if (announced > Integer.MAX_VALUE || !hasMediaType(request)) {
            int status = announced > Integer.MAX_VALUE ? PAYLOAD_TOO_LARGE : UNSUPPORTED_MEDIA_TYPE;
            Response.writeError(
                    new BufferedRequest(request, BufferUtil.EMPTY_BUFFER, false, new MinimumRate(0, System::nanoTime)),
                    response,
                    drained,
                    status);
            return true;
        }
        MemoryShare share = bodyMemory.share(ClientNetwork.from(Request.getRemoteAddr(request)));
        Request.addCompletionListener(request, failure -> share.giveBack());
        new BodyReceiver(
                        request,
                        limits,
                        share,
                        (body, state) -> admit(body, state, share, response, drained),
                        callback::failed)
                .begin();
        return true;
    }

    /** After sending 100 Continue, Jetty no longer knows that the client wants the connection closed. */
    private static void closeAsAsked(Request request, Response response) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)
                && request.getHeaders().contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
    }

    /** The application would answer 400, RFC 9110 requires 415. Without a type, the resource decides. */
    private static boolean hasMediaType(Request request) {
        return request.getHeaders().stream()
                .filter(field -> field.getHeader() == HttpHeader.CONTENT_TYPE)
                .map(field -> Optional.ofNullable(field.getValue()).orElse(""))
                .allMatch(type -> MEDIA_TYPE.matcher(type).lookingAt());
    }

    private void admit(Request body, ReceiverState state, MemoryShare share, Response response, Callback drained)
            throws Exception {
        if (state == ReceiverState.COMPLETE) {
            next(body, response, drained);
        } else if (state == ReceiverState.BEGUN && share.take(LARGE_BYTES) && largeBodies.tryAcquire()) {
            large(body, response, drained);
        } else {
            // The buffers are no longer needed, while the rest may arrive for a while.
            share.giveBack();
            Response.writeError(body, response, drained, UNAVAILABLE);
        }
    }

    /**
     * Handles a large body and completes the callback on every outcome. A handler that throws has not completed the
     * callback, and the server would then complete its own one.
     */
    private void large(Request body, Response response, Callback drained) {
        AtomicBoolean held = new AtomicBoolean(true);
        // before the answer is sent: its recipient may send the next body
        Callback giving = Callback.from(
                () -> {
                    if (held.getAndSet(false)) {
                        largeBodies.release();
                    }
                },
                drained);
        try {
            next(body, response, giving);
        } catch (Throwable unexpected) {
            giving.failed(unexpected);
        }
    }

    private void next(Request body, Response response, Callback callback) throws Exception {
        if (!super.handle(body, response, callback)) {
            Response.writeError(body, response, callback, 404);
        }
    }
}
