// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.EventStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls on a standby which events the owner has published, for readers of the log on this server. */
final class StandbyLogFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyLogFollower.class);
    private static final long END_MILLIS = 2000;

    private final EventStore store;
    private final LongConsumer audience;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "smo-events-follower");
        made.setDaemon(true);
        return made;
    });
    private final Future<?> looks;
    private long seen;

    /** @param audience receives the last sequence when it has risen; quick */
    StandbyLogFollower(EventStore store, Duration poll, LongConsumer audience) {
        this.store = store;
        this.audience = audience;
        this.looks = thread.scheduleWithFixedDelay(this::poll, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            long last = store.last();
            if (last > seen) {
                seen = last;
                audience.accept(last);
            }
        } catch (RuntimeException e) {
            LOG.debug("reading event log failed", e);
        }
    }

    /** Lets a running poll end. */
    @Override
    public void close() {
        looks.cancel(false);
        thread.shutdown();
        try {
            thread.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
