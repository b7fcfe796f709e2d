// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a subscriber with a name everything since it was last there: reads the log behind its cursor. An event that it fails at comes
 * again, after a pause, and the later ones wait.
 */
final class DurableFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(DurableFeed.class);
    private static final int BATCH = 100;
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long UNKNOWN = -1;
    private static final long HOLE_MILLIS = 20;

    private final String name;
    private final EventFilter filter;
    private final SubscriberCall call;
    private final EventStore store;
    private final Wakeup wakeup = new Wakeup();
    private final FailureBackOff backoff = new FailureBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile long cursor = UNKNOWN;
    /** Its successor has the cursor now. */
    private volatile boolean abandoned;

    DurableFeed(String name, EventFilter filter, SubscriberCall call, EventStore store) {
        this.name = name;
        this.filter = filter;
        this.call = call;
        this.store = store;
        this.thread = new Thread(this::run, "smo-events-durable-" + name);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void published(List<StoredEvent> events) {
        wakeup.signal();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.warn("delivery thread interrupted subscriber={}; it receives no more events", name);
        }
    }

    private void round() throws InterruptedException {
        try {
            if (cursor == UNKNOWN) {
                cursor = position();
            }
            long before = cursor;
            boolean taken = advance();
            if (!taken) {
                closed.await(backoff.failed().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                backoff.reset();
                if (cursor == before) {
                    wakeup.await(IDLE);
                }
            }
        } catch (RuntimeException e) {
            if (backoff.isFresh()) {
                LOG.warn("reading events failed subscriber={} reason=\"{}\"; retrying", name, e.toString());
            }
            closed.await(backoff.failed().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Returns the cursor; the first time it is the present end, stored at once so that no later event is missed. */
    private long position() {
        return store.cursor(name).orElseGet(() -> {
            long end = store.last();
            store.saveCursor(name, end);
            return end;
        });
    }

    /**
     * Reads events without holes only, including those that the subscriber does not want: a database may show the later
     * one of two commits first.
     *
     * @return false when the subscriber failed at an event
     */
    private boolean advance() throws InterruptedException {
        long saved = cursor;
        boolean taken = true;
        for (StoredEvent event : store.after(cursor, EventFilter.ALL, BATCH)) {
            if (event.sequence() != cursor + 1 && store.first() <= cursor + 1) {
                closed.await(HOLE_MILLIS, TimeUnit.MILLISECONDS);
                wakeup.signal();
                break;
            }
            taken = !filter.accepts(event) || call.deliver(event);
            if (!taken) {
                break;
            }
            cursor = event.sequence();
        }
        if (cursor != saved && !abandoned) {
            store.saveCursor(name, cursor);
        }
        return taken;
    }

    @Override
    public long lag(long lastPublished) {
        long at = cursor;
        return at == UNKNOWN ? 0 : Math.max(0, lastPublished - at);
    }

    @Override
    public void close(Duration timeout) {
        closed.countDown();
        wakeup.signal();
        if (!call.close(timeout)) {
            abandoned = true;
            return;
        }
        join(timeout);
    }

    /** Its cursor is saved when this returns, unless the database needs longer: then some events come twice. */
    private void join(Duration timeout) {
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(Math.max(1, timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
