// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Limits the bytes of a body: beyond them the transfer is cancelled, so that a huge answer costs neither memory nor time. */
final class BoundedBody implements BodySubscriber<byte[]> {

    static final class BodyTooLarge extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        BodyTooLarge(int maxBytes) {
            super("more than %d bytes".formatted(maxBytes));
        }
    }

    private final int maxBytes;
    private final boolean whole;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private volatile Optional<Subscription> transfer = Optional.empty();

    /** @param whole whether a longer body is a failure; else its beginning is the body */
    BoundedBody(int maxBytes, boolean whole) {
        this.maxBytes = maxBytes;
        this.whole = whole;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        transfer = Optional.of(subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            take(buffer);
        }
    }

    private void take(ByteBuffer buffer) {
        int room = maxBytes - read.size();
        byte[] bytes = new byte[Math.min(room, buffer.remaining())];
        buffer.get(bytes);
        read.writeBytes(bytes);
        if (buffer.hasRemaining()) {
            transfer.ifPresent(Subscription::cancel);
            if (whole) {
                body.completeExceptionally(new BodyTooLarge(maxBytes));
            } else {
                body.complete(read.toByteArray());
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }
}
