// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Records the header {@code Retry-After} of error answers, which the client's exceptions lack. The value of one call
 * holds for the whole system, so the call that received it does not matter.
 */
final class RetryAfterInterceptor implements Interceptor {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int LONGEST_SECONDS = 3600;

    private record RetryAfterAnswer(long seconds, long at) {}

    private volatile Optional<RetryAfterAnswer> last = Optional.empty();

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == 429 || response.code() >= 500) {
            List<String> headers = response.headers("Retry-After");
            last = headers.stream()
                    .filter(text -> text.matches("\\d{1,6}"))
                    .findFirst()
                    .map(text ->
                            new RetryAfterAnswer(Math.min(LONGEST_SECONDS, Long.parseLong(text)), System.nanoTime()));
        }
    }

    Optional<Duration> latest() {
        return last.filter(retryAfterAnswer -> System.nanoTime() - retryAfterAnswer.at() < FRESH_NANOS)
                .map(retryAfterAnswer -> Duration.ofSeconds(retryAfterAnswer.seconds()));
    }
}
