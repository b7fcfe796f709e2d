// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.core.engine.work.Scheduler.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A queue of keys, as in the Kubernetes controller pattern: a key is never worked on by two threads at once, a burst of triggers
 * collapses into one pass, failures come back with exponential back-off and jitter.
 *
 * @param <K> key
 */
public final class WorkQueue<K> {

    /** What a pass says about when the key wants to be looked at again. */
    public sealed interface Next {
        /** Nothing to do until somebody adds the key. */
        record Done() implements Next {}

        /** Look again after a while; no failure. */
        record Again(Duration delay) implements Next {}

        /** Something is away and may be back soon; look again after a back-off that grows with each failure in a row. */
        record Retry() implements Next {}

        /** Something said no, and will again unless somebody does something; the same, up to the longest back-off. */
        record Refused() implements Next {}

        /** After these failures: what is away may be back while something else is still refused. */
        static Next after(Collection<AdapterException> failures) {
            return failures.stream().allMatch(failure -> switch (failure.kind()) {
                        case REFUSED, NOT_FOUND, CONFLICT -> true;
                        case UNAVAILABLE, TIMED_OUT -> false;
                    })
                    ? new Refused()
                    : new Retry();
        }
    }

    private enum State {
        QUEUED,
        RUNNING,
        RUNNING_DIRTY
    }

    /** What is away is looked for that much oftener than what was refused: an outage shall not be felt for long after its end. */
    private static final int OFTENER = 3;

    private final Scheduler scheduler;
    private final Function<K, Next> pass;
    private final Duration firstBackOff;
    private final Duration longestBackOff;
    private final RandomGenerator jitter;
    private final Map<K, State> states = new HashMap<>();
    // oldest first
    private final Map<K, Long> queuedAt = new LinkedHashMap<>();
    private final Map<K, Timer> timers = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;
    private long lastBegun = System.nanoTime();

    public WorkQueue(
            Scheduler scheduler,
            Function<K, Next> pass,
            Duration firstBackOff,
            Duration longestBackOff,
            RandomGenerator jitter) {
        this.scheduler = scheduler;
        this.pass = pass;
        this.firstBackOff = firstBackOff;
        this.longestBackOff = longestBackOff;
        this.jitter = jitter;
    }

    /** Has the key worked on soon; once, however often this is called before the pass begins. */
    public synchronized void add(K key) {
        if (closed) {
            return;
        }
        cancelTimer(key);
        State state = states.get(key);
        if (state == null) {
            enqueue(key);
        } else if (state == State.RUNNING) {
            states.put(key, State.RUNNING_DIRTY);
        }
    }

    private void enqueue(K key) {
        boolean queued = false;
        try {
            states.put(key, State.QUEUED);
            queuedAt.put(key, System.nanoTime());
            scheduler.execute(() -> work(key));
            queued = true;
        } finally {
            if (!queued) {
                // a key that nobody will come for would be taken for queued for ever
                states.remove(key);
                queuedAt.remove(key);
            }
        }
    }

    /**
     * Runs something else on a key, now and on the calling thread, with the same guarantee: nobody works on the key meanwhile.
     *
     * @return false when the key is queued or worked on; the task did not run then
     */
    public boolean exclusively(K key, Runnable task) {
        synchronized (this) {
            if (closed || states.putIfAbsent(key, State.RUNNING) != null) {
                return false;
            }
        }
        try {
            task.run();
        } finally {
            synchronized (this) {
                if (states.remove(key) == State.RUNNING_DIRTY) {
                    add(key);
                }
            }
        }
        return true;
    }

    /** Keys that are queued or worked on now. */
    public synchronized int size() {
        return states.size();
    }

    /** How long keys have waited while no pass began at all; zero when none waits, or passes begin. */
    public synchronized Duration stuck() {
        return queuedAt.values().stream()
                .findFirst()
                .map(oldest -> System.nanoTime() - Math.max(oldest, lastBegun))
                .map(Duration::ofNanos)
                .orElse(Duration.ZERO);
    }

    /** Takes no more keys. */
    public synchronized void close() {
        closed = true;
        timers.values().forEach(Timer::cancel);
        timers.clear();
    }

    private void work(K key) {
        synchronized (this) {
            queuedAt.remove(key);
            lastBegun = System.nanoTime();
            if (closed) {
                states.remove(key);
                return;
            }
            states.put(key, State.RUNNING);
        }
        Next next = new Next.Refused();
        try {
            next = pass.apply(key);
        } finally {
            finish(key, next);
        }
    }

    private synchronized void finish(K key, Next next) {
        boolean dirty = states.remove(key) == State.RUNNING_DIRTY;
        boolean failed = next instanceof Next.Retry || next instanceof Next.Refused;
        if (!failed) {
            failures.remove(key);
        }
        if (dirty) {
            add(key);
        } else if (next instanceof Next.Again again) {
            addAfter(key, again.delay());
        } else if (failed) {
            addAfter(key, backOff(failures.merge(key, 1, Integer::sum), next instanceof Next.Retry ? OFTENER : 1));
        }
    }

    private void addAfter(K key, Duration delay) {
        if (closed) {
            return;
        }
        cancelTimer(key);
        timers.put(key, scheduler.after(delay, () -> add(key)));
    }

    private void cancelTimer(K key) {
        Optional.ofNullable(timers.remove(key)).ifPresent(Timer::cancel);
    }

    private Duration backOff(int failuresInARow, int oftener) {
        long millis = firstBackOff.toMillis() << Math.min(failuresInARow - 1, 20);
        long bounded = Math.min(millis, longestBackOff.toMillis() / oftener);
        return Duration.ofMillis(bounded / 2 + jitter.nextLong(bounded / 2 + 1));
    }
}
