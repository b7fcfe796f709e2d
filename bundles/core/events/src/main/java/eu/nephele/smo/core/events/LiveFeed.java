// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a subscriber without a name what happens while it is there. Behind a slow one the oldest events are dropped. */
final class LiveFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** A slow subscriber is reported at its first loss and then each time so many more are lost. */
    private static final long REPORT_EVERY = 1000;

    private final String name;
    private final EventFilter filter;
    private final SubscriberCall call;
    private final int capacity;
    private final Runnable onDrop;
    private final Deque<StoredEvent> queue = new ArrayDeque<>();
    private final Wakeup wakeup = new Wakeup();
    private final Thread thread;
    private volatile boolean closed;
    private long dropped;

    LiveFeed(String name, EventFilter filter, SubscriberCall call, int capacity, Runnable onDrop) {
        this.name = name;
        this.filter = filter;
        this.call = call;
        this.capacity = capacity;
        this.onDrop = onDrop;
        this.thread = new Thread(this::run, "smo-events-live-" + name);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void published(List<StoredEvent> events) {
        events.stream().filter(filter::accepts).forEach(this::add);
        wakeup.signal();
    }

    private void add(StoredEvent event) {
        synchronized (queue) {
            queue.addLast(event);
            if (queue.size() <= capacity) {
                return;
            }
            queue.removeFirst();
        }
        onDrop.run();
        if (dropped++ % REPORT_EVERY == 0) {
            LOG.warn("events dropped subscriber={} total={} reason=\"subscriber is too slow\"", name, dropped);
        }
    }

    private Optional<StoredEvent> next() {
        synchronized (queue) {
            return Optional.ofNullable(queue.pollFirst());
        }
    }

    private void run() {
        try {
            while (!closed) {
                Optional<StoredEvent> event = next();
                if (event.isPresent()) {
                    call.deliver(event.get());
                } else {
                    wakeup.await(IDLE);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("delivery thread interrupted subscriber={}; it receives no more events", name);
        }
    }

    @Override
    public long lag(long lastPublished) {
        synchronized (queue) {
            return queue.size();
        }
    }

    @Override
    public void close(Duration timeout) {
        closed = true;
        wakeup.signal();
        call.close(timeout);
    }
}
