// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registered subscribers. Of several with the same name one is notified; the others wait until it is removed. */
final class Subscribers {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);

    private final EventStore store;
    private final int queueCapacity;
    private final Duration timeout;
    private final Runnable onDrop;
    private final Map<Object, SubscriberEntry> members = new ConcurrentHashMap<>();
    private final Map<String, Deque<SubscriberEntry>> byName = new HashMap<>();
    // guarded by this
    private boolean begun;

    Subscribers(EventStore store, int queueCapacity, Duration timeout, Runnable onDrop) {
        this.store = store;
        this.queueCapacity = queueCapacity;
        this.timeout = timeout;
        this.onDrop = onDrop;
    }

    private record SubscriberEntry(Optional<String> name, Feed feed) {}

    /**
     * @param key of the registration, unique
     * @param name of its durable cursor, if it has one
     * @param types wanted; all when empty
     */
    void add(Object key, Optional<String> name, Set<String> types, EventSubscriber subscriber) {
        EventFilter filter = new EventFilter(types, Set.of());
        String label = name.orElse(subscriber.getClass().getSimpleName() + "-" + key);
        SubscriberCall call = new SubscriberCall(label, subscriber);
        Feed feed = name.isPresent()
                ? new DurableFeed(label, filter, call, store)
                : new LiveFeed(label, filter, call, queueCapacity, onDrop);
        SubscriberEntry subscriberEntry = new SubscriberEntry(name, feed);
        members.put(key, subscriberEntry);
        boolean next = name.isEmpty() || isNext(name.get(), subscriberEntry);
        synchronized (this) {
            if (begun && next) {
                feed.start();
            }
        }
    }

    /** Begins to notify subscribers: on a standby they are not notified. */
    synchronized void begin() {
        begun = true;
        members.values().stream()
                .filter(subscriberEntry -> subscriberEntry
                        .name()
                        .map(name -> subscriberEntry.equals(
                                byName.getOrDefault(name, new ArrayDeque<>()).peekFirst()))
                        .orElse(true))
                .forEach(subscriberEntry -> subscriberEntry.feed().start());
    }

    private synchronized boolean isNext(String name, SubscriberEntry subscriberEntry) {
        Deque<SubscriberEntry> queue = byName.computeIfAbsent(name, n -> new ArrayDeque<>());
        queue.addLast(subscriberEntry);
        if (queue.size() > 1) {
            LOG.warn("duplicate subscriber name subscriber={}; the new one waits until the other is removed", name);
        }
        return queue.size() == 1;
    }

    /** Waits for the call under way. */
    void remove(Object key) {
        SubscriberEntry subscriberEntry = members.remove(key);
        if (subscriberEntry != null) {
            // It keeps its place until its cursor is saved, so that its successor starts from there.
            subscriberEntry.feed().close(timeout);
            subscriberEntry.name().ifPresent(name -> leave(name, subscriberEntry));
        }
    }

    private synchronized void leave(String name, SubscriberEntry subscriberEntry) {
        Deque<SubscriberEntry> queue = byName.getOrDefault(name, new ArrayDeque<>());
        boolean wasTold = subscriberEntry.equals(queue.peekFirst());
        queue.remove(subscriberEntry);
        if (queue.isEmpty()) {
            byName.remove(name);
        } else if (wasTold && begun) {
            queue.getFirst().feed().start();
        }
    }

    void published(List<StoredEvent> events) {
        members.values().forEach(subscriberEntry -> subscriberEntry.feed().published(events));
    }

    /** Of the subscriber that is furthest behind. */
    long lag(long lastPublished) {
        return members.values().stream()
                .mapToLong(subscriberEntry -> subscriberEntry.feed().lag(lastPublished))
                .max()
                .orElse(0);
    }

    void close() {
        List.copyOf(members.keySet()).forEach(this::remove);
    }
}
