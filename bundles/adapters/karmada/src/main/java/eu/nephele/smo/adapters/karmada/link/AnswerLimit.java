// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.Serial;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Cuts off answers that exceed the memory limit. A watch is one endless answer and has no limit. */
final class AnswerLimit implements Interceptor {

    static final class AnswerTooLarge extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        AnswerTooLarge(long bytes) {
            super("the answer is larger than %d KiB; raise maxAnswerKiB if that size is expected"
                    .formatted(bytes >> 10));
        }
    }

    private final long mostBytes;

    AnswerLimit(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return request.uri().toString().contains("watch=true") ? consumer : new Counting(consumer, mostBytes);
    }

    private record Counting(AsyncBody.Consumer<List<ByteBuffer>> to, long most, AtomicLong bytes)
            implements AsyncBody.Consumer<List<ByteBuffer>> {

        Counting(AsyncBody.Consumer<List<ByteBuffer>> to, long most) {
            this(to, most, new AtomicLong());
        }

        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            long now =
                    bytes.addAndGet(part.stream().mapToLong(Buffer::remaining).sum());
            if (now > most) {
                throw new AnswerTooLarge(most);
            }
            to.consume(part, body);
        }

        @Override
        public <U> U unwrap(Class<U> target) {
            return to.unwrap(target);
        }
    }
}
