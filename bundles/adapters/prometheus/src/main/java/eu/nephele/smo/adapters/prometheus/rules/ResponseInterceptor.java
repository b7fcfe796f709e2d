// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.rules;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks that the client lacks: the size of an answer, and its Retry-After. A Retry-After holds for the whole
 * server, so the request that received it does not matter.
 */
final class ResponseInterceptor implements Interceptor {

    static final class ResponseTooLarge extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        ResponseTooLarge(int maxBytes) {
            super("more than %d KiB, the limit of the setting maxAnswerKiB".formatted(maxBytes / 1024));
        }
    }

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int LONGEST_SECONDS = 3600;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAULT = 500;

    private record ResponseAnswer(Duration after, long atNanos) {}

    private final int maxBytes;
    private volatile Optional<ResponseAnswer> last = Optional.empty();

    ResponseInterceptor(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        AtomicLong read = new AtomicLong();
        return (buffers, body) -> {
            long more = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (read.addAndGet(more) > maxBytes) {
                // the client cancels the transfer; cancelling it here would hide this failure
                throw new ResponseTooLarge(maxBytes);
            }
            consumer.consume(buffers, body);
        };
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == TOO_MANY || response.code() >= SERVER_FAULT) {
            last = response.headers("Retry-After").stream()
                    .filter(text -> text.matches("\\d{1,6}"))
                    .findFirst()
                    .map(text -> Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(text))))
                    .map(wait -> new ResponseAnswer(wait, System.nanoTime()));
        }
    }

    /** Empty unless it is recent. */
    Optional<Duration> retryAfter() {
        return last.filter(responseAnswer -> System.nanoTime() - responseAnswer.atNanos() < FRESH_NANOS)
                .map(ResponseAnswer::after);
    }
}
