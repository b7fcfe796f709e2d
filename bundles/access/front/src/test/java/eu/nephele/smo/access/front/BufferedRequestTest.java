// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

final class BufferedRequestTest {

    private final AtomicLong nanos = new AtomicLong();

    /** Of a large body only the beginning is waited for: its rest must not hold a thread a byte at a time. */
    @Test
    void theRestOfALargeBodyHasALeastRateAfterTenSeconds() {
        Request nothing = (Request) Proxy.newProxyInstance(
                Request.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> null);
        Request endless = new Request.Wrapper(nothing) {
            @Override
            public Content.Chunk read() {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return Content.Chunk.from(ByteBuffer.wrap(new byte[100]), false);
            }
        };
        BufferedRequest request =
                new BufferedRequest(endless, ByteBuffer.wrap(new byte[10]), false, new MinimumRate(1_000, nanos::get));
        assertThat(request.read().remaining()).isEqualTo(10);
        for (int second = 1; second <= 11; second++) {
            assertThat(Content.Chunk.isFailure(request.read()))
                    .as("after %d s", second)
                    .isFalse();
        }
        Content.Chunk late = request.read();
        assertThat(late.isLast()).isTrue();
        assertThat(late.getFailure()).isInstanceOf(TimeoutException.class).hasMessageContaining("1200 bytes");
    }
}
