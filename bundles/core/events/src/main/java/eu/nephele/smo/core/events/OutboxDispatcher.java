// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives events their sequence, after their commit. While the database is unavailable it waits and
 * retries: committed events stay in the outbox.
 */
final class OutboxDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long END_MILLIS = 5000;

    private static final Duration GATHER = Duration.ofMillis(15);

    private final EventStore store;
    private final Wakeup wakeup;
    private final Duration poll;
    private final int batchSize;
    private final Consumer<List<StoredEvent>> audience;
    private final FailureBackOff backoff = new FailureBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "smo-events-dispatcher");

    /** @param audience receives the published events, in sequence; quick */
    OutboxDispatcher(
            EventStore store, Wakeup wakeup, Duration poll, int batchSize, Consumer<List<StoredEvent>> audience) {
        this.store = store;
        this.wakeup = wakeup;
        this.poll = poll;
        this.batchSize = batchSize;
        this.audience = audience;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits for the transaction under way. It is not interrupted: H2 closes its file when a thread that reads it is. */
    @Override
    public void close() {
        closed.countDown();
        wakeup.signal();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.error("outbox dispatcher interrupted; events stay in the outbox until the restart", e);
        }
    }

    private void round() throws InterruptedException {
        try {
            List<StoredEvent> published = store.publish(batchSize);
            if (!backoff.isFresh()) {
                LOG.info("publishing of events resumed");
                backoff.reset();
            }
            if (!published.isEmpty()) {
                audience.accept(published);
            }
            if (published.size() < batchSize) {
                // Events that are written meanwhile are published together: each round has a transaction of its own.
                closed.await(GATHER.toMillis(), TimeUnit.MILLISECONDS);
                wakeup.await(poll);
            }
        } catch (RuntimeException e) {
            if (backoff.isFresh()) {
                LOG.warn("publishing events failed reason=\"{}\"; retrying, they stay in the outbox", e.toString());
            }
            closed.await(backoff.failed().toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
