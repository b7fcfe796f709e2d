// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import eu.nephele.smo.api.port.AdapterException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.utils.ExponentialBackoffIntervalCalculator;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the needed parts of all objects of one kind: lists them in pages, then watches, and lists again when the watch ends for
 * whatever reason, and periodically. Objects are reduced as they arrive; only the reduced form is kept.
 *
 * <p>While the server is unavailable, the last state stays; {@link #failingFor()} returns how long it is unconfirmed.
 *
 * @param <T> kind of the objects
 * @param <R> what is kept of one
 */
public final class ResourceCache<T extends HasMetadata, R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceCache.class);
    /** The longest is 32 times as long. */
    private static final int FIRST_DELAY_MILLIS = 125;

    private static final Duration STABLE = Duration.ofSeconds(10);

    /** @param name for people, for example {@code clusters} */
    public record WatchTarget<T extends HasMetadata>(
            String name,
            Function<KubernetesClient, FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> of) {}

    /** Must return quickly. */
    @FunctionalInterface
    public interface ChangeListener<R> {

        /**
         * @param key {@code [namespace/]name}; "" if the cache is confirmed again without a change
         * @param before empty: it was not kept
         * @param now empty: it is no longer kept
         */
        void changed(String key, Optional<R> before, Optional<R> now);
    }

    private final ApiServerConnection connection;
    private final WatchTarget<T> watchTarget;
    private final PagedLister<T, R> listing;
    private final ChangeListener<R> onChange;
    private final ScheduledExecutorService scheduler;
    private final Duration resync;
    private final CacheFreshness freshness;
    private final ExponentialBackoffIntervalCalculator delays = new ExponentialBackoffIntervalCalculator(
            FIRST_DELAY_MILLIS, ExponentialBackoffIntervalCalculator.UNLIMITED_RETRIES);
    private final Map<String, R> kept = new ConcurrentHashMap<>();
    private Optional<Watch> watch = Optional.empty();
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    /** Number of the listing, and of the watch after it, that counts. */
    private int generation;

    private long listedAt;
    private boolean closed;

    /**
     * @param read reduces an object; empty: it is not kept. What it throws leaves out that one object
     * @param resync how often everything is listed again
     */
    public ResourceCache(
            ApiServerConnection connection,
            WatchTarget<T> watchTarget,
            Function<T, Optional<R>> read,
            ChangeListener<R> onChange,
            ScheduledExecutorService scheduler,
            Duration resync) {
        this.connection = connection;
        this.watchTarget = watchTarget;
        this.listing = new PagedLister<>(connection, watchTarget, read);
        this.freshness = new CacheFreshness(connection.system(), watchTarget.name());
        this.onChange = onChange;
        this.scheduler = scheduler;
        this.resync = resync;
    }

    public ResourceCache<T, R> start() {
        connection.onRenewal(this::renewed);
        reschedule(0);
        return this;
    }

    /** Returns the cached objects by {@code [namespace/]name}. A view. */
    public Map<String, R> kept() {
        return Collections.unmodifiableMap(kept);
    }

    public boolean isComplete() {
        return freshness.isComplete();
    }

    /**
     * Waits until everything has been listed once, or that has failed: for a moment after the start the cache is empty, which is no
     * failure of the system.
     *
     * @param deadlineNanos of {@link System#nanoTime()}: not longer
     */
    public void awaitFirst(long deadlineNanos) {
        freshness.awaitFirst(deadlineNanos);
    }

    /** Returns how long the state has been unconfirmed; empty while it is that of the server. */
    public Optional<Duration> failingFor() {
        return freshness.failingFor();
    }

    public Optional<AdapterException> failure() {
        return freshness.failure();
    }

    /** Lists again now: a server that was silent may have lost its watches. */
    public void hurry() {
        reschedule(0);
    }

    private void poll() {
        int mine = begin();
        if (mine < 0) {
            return;
        }
        try {
            PagedLister.ListedPage<R> listedPage = listing.now();
            if (replace(mine, listedPage.objects())) {
                follow(mine, listedPage.version());
            }
        } catch (RuntimeException e) {
            failed(mine, e instanceof AdapterException known ? known : connection.failure(listing.what(), e));
        }
    }

    private synchronized int begin() {
        unwatch();
        return closed ? -1 : ++generation;
    }

    /** @return false if another listing has begun meanwhile: this result may be older */
    private synchronized boolean replace(int mine, Map<String, R> found) {
        if (mine != generation) {
            return false;
        }
        boolean first = !freshness.isComplete();
        Map<String, R> before = Map.copyOf(kept);
        kept.keySet().retainAll(found.keySet());
        kept.putAll(found);
        listedAt = System.nanoTime();
        boolean wasStale = freshness.confirmed();
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(found.keySet());
        keys.forEach(key -> publish(key, Optional.ofNullable(before.get(key)), Optional.ofNullable(found.get(key))));
        if (wasStale || (first && found.isEmpty())) {
            onChange.changed("", Optional.empty(), Optional.empty());
        }
        return true;
    }

    private void publish(String key, Optional<R> before, Optional<R> now) {
        if (!now.equals(before)) {
            onChange.changed(key, before, now);
        }
    }

    private void follow(int mine, String version) {
        Watch opened = connection.call("Watch " + watchTarget.name(), client -> watchTarget
                .of()
                .apply(client)
                .watch(new ListOptionsBuilder().withResourceVersion(version).build(), new Events(mine)));
        synchronized (this) {
            if (mine == generation) {
                watch = Optional.of(opened);
                reschedule(resync.toMillis());
            } else {
                opened.close();
            }
        }
    }

    private synchronized void failed(int mine, AdapterException why) {
        if (mine == generation) {
            freshness.failed(why);
            long told = why.retryAfter().map(Duration::toMillis).orElse(0L);
            reschedule(Math.max(delays.nextReconnectInterval(), Math.min(told, resync.toMillis())));
        }
    }

    /** Watches of the former client send no events, not even their end. */
    private synchronized void renewed() {
        if (watch.isPresent()) {
            reschedule(0);
        }
    }

    /**
     * Handles the end of a watch, possibly before its start was confirmed. Every server ends watches after some time; one that does not
     * last counts as a failure.
     */
    private synchronized void ended(int of) {
        if (of != generation) {
            return;
        }
        generation++;
        watch = Optional.empty();
        if (System.nanoTime() - listedAt > STABLE.toNanos()) {
            delays.resetReconnectAttempts();
        }
        reschedule(delays.nextReconnectInterval());
    }

    private synchronized void reschedule(long millis) {
        next.ifPresent(planned -> planned.cancel(false));
        if (!closed) {
            try {
                next = Optional.of(scheduler.schedule(this::poll, millis, TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException ending) {
                closed = true;
            }
        }
    }

    private synchronized void changed(int of, T item, boolean gone) {
        if (of != generation) {
            return;
        }
        delays.resetReconnectAttempts();
        String key = listing.key(item);
        Optional<R> read = gone ? Optional.empty() : listing.read(item);
        Optional<R> before = Optional.ofNullable(kept.get(key));
        read.ifPresentOrElse(now -> kept.put(key, now), () -> kept.remove(key));
        publish(key, before, read);
    }

    private void unwatch() {
        watch.ifPresent(Watch::close);
        watch = Optional.empty();
    }

    @Override
    public synchronized void close() {
        closed = true;
        generation++;
        next.ifPresent(planned -> planned.cancel(false));
        unwatch();
    }

    /** Events of one watch; those of an earlier one are ignored. An error is no event: the library ends the watch on it. */
    private final class Events implements Watcher<T> {

        private final int of;

        Events(int of) {
            this.of = of;
        }

        @Override
        public void eventReceived(Action action, T item) {
            changed(of, item, action == Action.DELETED);
        }

        @Override
        public void onClose(WatcherException cause) {
            LOG.debug("watch ended system={} cache=\"{}\"", connection.system(), watchTarget.name(), cause);
            ended(of);
        }
    }
}
