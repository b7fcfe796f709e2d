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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is needed of all objects of one kind: lists them in pages, then watches, and lists again when the watch ends for
 * whatever reason, and now and then anyway. Objects are reduced as they arrive; only the reduced form is kept.
 *
 * <p>When the server is away, the last state stays; {@link #failingFor()} says how long it has not been confirmed.
 *
 * @param <T> kind of the objects
 * @param <R> what is kept of one
 */
public final class Mirror<T extends HasMetadata, R> implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final long PAGE = 500;
    private static final long FIRST_DELAY_MILLIS = 250;
    private static final long LONGEST_DELAY_MILLIS = 4000;
    private static final Duration STABLE = Duration.ofSeconds(10);
    private static final Duration REMIND = Duration.ofMinutes(1);

    /**
     * Which objects.
     *
     * @param name for people, for example {@code clusters}
     * @param of the list of them
     */
    public record Which<T extends HasMetadata>(
            String name,
            Function<KubernetesClient, FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?>> of) {}

    private final Connection connection;
    private final Which<T> which;
    private final Reader<T, R> reader;
    private final Consumer<String> onChange;
    private final ScheduledExecutorService scheduler;
    private final Duration resync;
    private final Map<String, R> kept = new ConcurrentHashMap<>();
    private Optional<Watch> watch = Optional.empty();
    private Optional<ScheduledFuture<?>> next = Optional.empty();
    private int generation;
    private long delayMillis = FIRST_DELAY_MILLIS;
    private long listedAt;
    private long remindedAt;
    private boolean closed;
    private volatile boolean complete;
    private volatile Optional<Long> failingSince = Optional.empty();
    private volatile Optional<AdapterException> failure = Optional.empty();

    /**
     * @param read reduces an object; empty: it is not kept. What it throws leaves out that one object
     * @param onChange told the key {@code [namespace/]name} of what changed; quick
     * @param resync how often everything is listed again
     */
    public Mirror(
            Connection connection,
            Which<T> which,
            Function<T, Optional<R>> read,
            Consumer<String> onChange,
            ScheduledExecutorService scheduler,
            Duration resync) {
        this.connection = connection;
        this.which = which;
        this.reader = new Reader<>(which.name(), connection.system(), read);
        this.onChange = onChange;
        this.scheduler = scheduler;
        this.resync = resync;
    }

    /** Begins. */
    public Mirror<T, R> start() {
        again(0);
        return this;
    }

    /** What is kept, by {@code [namespace/]name}. A view. */
    public Map<String, R> kept() {
        return java.util.Collections.unmodifiableMap(kept);
    }

    /** Whether everything has been listed once. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Waits until everything has been listed once, or that has failed: for a moment after the start nothing is known, which is no
     * failure of the system.
     *
     * @param deadlineNanos of {@link System#nanoTime()}: not longer
     */
    public void awaitFirst(long deadlineNanos) {
        while (!complete && failingSince.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** How long the state has not been confirmed; empty while it is that of the server. */
    public Optional<Duration> failingFor() {
        return failingSince.map(since -> Duration.ofNanos(System.nanoTime() - since));
    }

    /** Why it is not confirmed. */
    public Optional<AdapterException> failure() {
        return failure;
    }

    /** Lists again now, if it waits to do so after a failure. */
    public void hurry() {
        if (failingSince.isPresent()) {
            again(0);
        }
    }

    private void look() {
        int mine = begin();
        if (mine < 0) {
            return;
        }
        try {
            String version = list();
            follow(mine, version);
        } catch (RuntimeException e) {
            failed(e instanceof AdapterException known ? known : connection.failure(what(), e));
        }
    }

    private synchronized int begin() {
        if (closed) {
            return -1;
        }
        unwatch();
        generation++;
        return generation;
    }

    private String list() {
        Map<String, R> found = new HashMap<>();
        String version = "";
        String from = "";
        do {
            String page = from;
            KubernetesResourceList<T> answer = connection.call(what(), client -> page(client, page));
            answer.getItems().forEach(item -> reader.read(item).ifPresent(read -> found.put(key(item), read)));
            version = answer.getMetadata().getResourceVersion();
            from = Optional.ofNullable(answer.getMetadata().getContinue()).orElse("");
        } while (!from.isEmpty());
        replace(found);
        return version;
    }

    private KubernetesResourceList<T> page(KubernetesClient client, String from) {
        ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE);
        if (!from.isEmpty()) {
            options.withContinue(from);
        }
        return which.of().apply(client).list(options.build());
    }

    private void replace(Map<String, R> found) {
        Map<String, R> before = new HashMap<>(kept);
        kept.keySet().retainAll(found.keySet());
        kept.putAll(found);
        boolean first = !complete;
        complete = true;
        before.keySet().stream().filter(key -> !found.containsKey(key)).forEach(onChange);
        found.forEach((key, read) -> {
            if (first || !read.equals(before.get(key))) {
                onChange.accept(key);
            }
        });
        if (first && found.isEmpty()) {
            onChange.accept("");
        }
    }

    private void follow(int mine, String version) {
        Watch opened = connection.call("Watch " + which.name(), client -> which.of()
                .apply(client)
                .watch(new ListOptionsBuilder().withResourceVersion(version).build(), new Events(mine)));
        synchronized (this) {
            if (closed || mine != generation) {
                opened.close();
                return;
            }
            watch = Optional.of(opened);
            listedAt = System.nanoTime();
        }
        confirmed();
        again(resync.toMillis());
    }

    private void confirmed() {
        failingFor().ifPresent(age -> {
            LOG.info("system={} {} are known again after {} s", connection.system(), which.name(), age.toSeconds());
            failingSince = Optional.empty();
            failure = Optional.empty();
            onChange.accept("");
        });
    }

    private synchronized void failed(AdapterException why) {
        long now = System.nanoTime();
        boolean first = failingSince.isEmpty();
        failingSince = Optional.of(failingSince.orElse(now));
        failure = Optional.of(why);
        if (!closed && (first || now - remindedAt > REMIND.toNanos())) {
            remindedAt = now;
            LOG.warn(
                    "system={} {} are as they were {} s ago, it is tried again: {}",
                    connection.system(),
                    which.name(),
                    failingFor().orElse(Duration.ZERO).toSeconds(),
                    why.getMessage());
        }
        again(delay());
    }

    /** A watch has ended: that is so after some time with every server; one that does not last is a failure like any other. */
    private synchronized void ended(int of) {
        if (closed || of != generation) {
            return;
        }
        watch = Optional.empty();
        if (System.nanoTime() - listedAt > STABLE.toNanos()) {
            delayMillis = FIRST_DELAY_MILLIS;
        }
        again(delay());
    }

    private synchronized long delay() {
        long now = delayMillis;
        delayMillis = Math.min(LONGEST_DELAY_MILLIS, delayMillis * 2);
        return now;
    }

    private synchronized void again(long millis) {
        next.ifPresent(planned -> planned.cancel(false));
        if (!closed) {
            try {
                next = Optional.of(scheduler.schedule(this::look, millis, TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException ending) {
                closed = true;
            }
        }
    }

    private synchronized void changed(int of, T item, boolean gone) {
        if (closed || of != generation) {
            return;
        }
        delayMillis = FIRST_DELAY_MILLIS;
        String key = key(item);
        Optional<R> read = gone ? Optional.empty() : reader.read(item);
        Optional<R> before = Optional.ofNullable(kept.get(key));
        read.ifPresentOrElse(now -> kept.put(key, now), () -> kept.remove(key));
        if (!read.equals(before)) {
            onChange.accept(key);
        }
    }

    private void unwatch() {
        watch.ifPresent(Watch::close);
        watch = Optional.empty();
    }

    private String what() {
        return "List " + which.name();
    }

    private String key(T item) {
        String namespace =
                Optional.ofNullable(item.getMetadata().getNamespace()).orElse("");
        String name = item.getMetadata().getName();
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.ifPresent(planned -> planned.cancel(false));
        unwatch();
    }

    /** Events of one watch; those of an earlier one do not count any more. */
    private final class Events implements Watcher<T> {

        private final int of;

        Events(int of) {
            this.of = of;
        }

        @Override
        public void eventReceived(Action action, T item) {
            if (action == Action.ERROR) {
                ended(of);
            } else if (action != Action.BOOKMARK) {
                changed(of, item, action == Action.DELETED);
            }
        }

        @Override
        public void onClose() {
            ended(of);
        }

        @Override
        public void onClose(WatcherException cause) {
            LOG.debug("system={} the watch of {} has ended", connection.system(), which.name(), cause);
            ended(of);
        }
    }
}
