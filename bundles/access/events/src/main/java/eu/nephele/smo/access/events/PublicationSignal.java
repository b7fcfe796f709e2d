// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.core.contract.event.EventLog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Wakes streams when an event was published. The log may be replaced by another while streams wait. */
final class PublicationSignal implements AutoCloseable {

    private record Followed(EventLog log, Subscription subscription) {}

    private final Supplier<Optional<EventLog>> now;
    private final Object lock = new Object();
    // guarded by lock
    private long beats;
    private Optional<Followed> followed = Optional.empty();

    PublicationSignal(Supplier<Optional<EventLog>> now) {
        this.now = now;
    }

    /** Subscribes to the present log; called periodically by one thread. */
    void follow() {
        Optional<EventLog> current = now.get();
        Optional<Followed> before = followed();
        if (before.map(Followed::log).equals(current)) {
            return;
        }
        before.ifPresent(old -> old.subscription().close());
        // Emptied first, so that the next call retries a failed subscription.
        set(Optional.empty());
        set(current.map(log -> new Followed(log, log.onPublished(this::beat))));
        beat();
    }

    private Optional<Followed> followed() {
        synchronized (lock) {
            return followed;
        }
    }

    private void set(Optional<Followed> next) {
        synchronized (lock) {
            followed = next;
        }
    }

    void beat() {
        synchronized (lock) {
            beats++;
            lock.notifyAll();
        }
    }

    /** A counter of beats. */
    long count() {
        synchronized (lock) {
            return beats;
        }
    }

    void await(long seen, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            for (long left = atMost.toNanos(); beats == seen && left > 0; left = end - System.nanoTime()) {
                // Plus one, because a wait of 0 would never end.
                lock.wait(left / 1_000_000 + 1);
            }
        }
    }

    @Override
    public void close() {
        followed().ifPresent(old -> old.subscription().close());
        set(Optional.empty());
        beat();
    }
}
