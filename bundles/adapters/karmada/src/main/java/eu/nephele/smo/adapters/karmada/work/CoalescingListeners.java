// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.api.port.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes changes, each object once however often it changed within a moment, and once more before each notification of those
 * listeners that come after these.
 */
public final class CoalescingListeners<T> {

    private static final Logger LOG = LoggerFactory.getLogger(CoalescingListeners.class);
    private static final long MOMENT_MILLIS = 100;

    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final Set<T> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ScheduledExecutorService scheduler;
    private final Runnable before;
    private volatile Optional<ScheduledFuture<?>> next = Optional.empty();

    public CoalescingListeners(ScheduledExecutorService scheduler) {
        this(scheduler, () -> {});
    }

    /**
     * @param scheduler of one thread
     * @param before notified before these: its earlier changes are never published after later ones from here
     */
    public CoalescingListeners(ScheduledExecutorService scheduler, CoalescingListeners<?> before) {
        this(scheduler, before::drain);
    }

    private CoalescingListeners(ScheduledExecutorService scheduler, Runnable before) {
        this.scheduler = scheduler;
        this.before = before;
    }

    public Subscription subscribe(Consumer<T> listener) {
        // A separate object, so that the end of one registration does not end another of the same listener.
        Consumer<T> own = what -> listener.accept(what);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** Records a change; listeners are notified soon. */
    public void changed(T what) {
        changed.add(what);
        if (planned.compareAndSet(false, true)) {
            try {
                next = Optional.of(scheduler.schedule(this::notifyListeners, MOMENT_MILLIS, TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException ending) {
                LOG.debug("notification rejected object={} last={}; the adapter is stopping", what, next, ending);
            }
        }
    }

    private void notifyListeners() {
        planned.set(false);
        drain();
    }

    /** Notifies now. A scheduled notification keeps its mark: without it, each later change would schedule one more. */
    private void drain() {
        List<T> now = List.copyOf(changed);
        changed.removeAll(Set.copyOf(now));
        before.run();
        for (T what : now) {
            for (Consumer<T> listener : listeners) {
                try {
                    listener.accept(what);
                } catch (RuntimeException e) {
                    LOG.warn("listener failed object={}", what, e);
                }
            }
        }
    }
}
