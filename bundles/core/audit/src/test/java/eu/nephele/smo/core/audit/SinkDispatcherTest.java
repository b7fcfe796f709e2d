// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.lab.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SinkDispatcherTest {

    private final List<String> taken = new CopyOnWriteArrayList<>();

    @Test
    void aSinkGetsAllInOrderAlsoWhenItFailsNowAndThen() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(50);
        SinkFeed feed = new SinkFeed(
                entry -> {
                    if (calls.incrementAndGet() % 7 == 0) {
                        throw new IllegalStateException("full");
                    }
                    taken.add(entry.action());
                    done.countDown();
                },
                100,
                Duration.ofMillis(1));
        IntStream.range(0, 50).mapToObj(SinkDispatcherTest::entry).forEach(feed::add);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        feed.close();
        assertThat(taken)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "a" + i).toList());
    }

    @Test
    void aHangingSinkDoesNotDelayOthers() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(3);
        SinkDispatcher dispatcher = new SinkDispatcher();
        dispatcher.addSink(entry -> {
            try {
                hanging.await();
            } catch (InterruptedException goes) {
                Thread.currentThread().interrupt();
            }
        });
        dispatcher.addSink(entry -> other.countDown());
        IntStream.range(0, 3).mapToObj(SinkDispatcherTest::entry).forEach(dispatcher::add);
        assertThat(other.await(5, TimeUnit.SECONDS)).isTrue();
        hanging.countDown();
        dispatcher.close();
    }

    @Test
    void aRemovedSinkGetsItsQueuedRecordsFirst() throws Exception {
        SinkDispatcher dispatcher = new SinkDispatcher();
        CountDownLatch closing = new CountDownLatch(1);
        dispatcher.addSink(entry -> {
            awaitUninterruptibly(closing);
            taken.add(entry.action());
        });
        IntStream.range(0, 20).mapToObj(SinkDispatcherTest::entry).forEach(dispatcher::add);
        FutureTask<Void> close = new FutureTask<>(dispatcher::close, null);
        Thread closer = new Thread(close);
        closer.start();
        Await.until("the dispatcher waits for its sink", () -> closer.getState() == Thread.State.TIMED_WAITING);
        closing.countDown();
        close.get(10, TimeUnit.SECONDS);
        assertThat(taken).hasSize(20);
    }

    @Test
    void deliveryToAFailingSinkEndsWithItsRemoval() throws Exception {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        SinkFeed feed = new SinkFeed(
                entry -> {
                    caller.complete(Thread.currentThread());
                    Thread.interrupted();
                    throw new IllegalStateException("full");
                },
                100,
                Duration.ofMillis(5));
        IntStream.range(0, 3).mapToObj(SinkDispatcherTest::entry).forEach(feed::add);
        Thread delivering = caller.get(10, TimeUnit.SECONDS);
        feed.close();
        delivering.join(10_000);
        assertThat(delivering.isAlive()).isFalse();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException goes) {
            Thread.currentThread().interrupt();
        }
    }

    private static AuditRecord entry(int number) {
        return new AuditRecord(Instant.EPOCH, "anna", "127.0.0.1", "a" + number, "graph/p/g", "accepted", "c");
    }
}
