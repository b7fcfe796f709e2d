// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A queue of keys, as in the Kubernetes controller pattern: a key is never worked on by two threads at once, a burst of
 * triggers collapses into one pass, failures come back with exponential back-off and jitter. Keys wait in the lane of
 * their reason.
 *
 * @param <K> key
 */
public final class WorkQueue<K> {

    /** Result of a pass: when the key is due again. */
    public sealed interface PassResult {
        /** Nothing to do until the key is added again. */
        record Finished() implements PassResult {
            @Override
            public String outcome() {
                return "done";
            }
        }

        /** Another pass after a delay; no failure. */
        record RequeueAfter(Duration delay) implements PassResult {
            @Override
            public String outcome() {
                return "again";
            }
        }

        /**
         * A system is unavailable and may be back soon; another pass after a back-off that grows with each failure in a
         * row.
         */
        record Retry() implements PassResult {
            @Override
            public String outcome() {
                return "retry";
            }
        }

        /** A system refused, and will again without an intervention; the same, up to the longest back-off. */
        record PassRejected() implements PassResult {
            @Override
            public String outcome() {
                return "refused";
            }
        }

        /** Value of the metric label {@code outcome}. */
        String outcome();

        /** After these failures: an unavailable system may be back while another one still refuses. */
        static PassResult after(Collection<AdapterException> failures) {
            return failures.stream().allMatch(failure -> switch (failure.kind()) {
                        case REFUSED, NOT_FOUND, CONFLICT -> true;
                        case UNAVAILABLE, TIMED_OUT -> false;
                    })
                    ? new PassRejected()
                    : new Retry();
        }
    }

    /** Least delay between the end of a pass and the next one that only follows events. */
    public static final Duration NEWS_SPACING = Duration.ofMillis(200);

    /**
     * Factor by which unavailable systems are polled more often than refused ones, so that an outage ends soon for
     * graphs.
     */
    private static final int OFTENER = 3;

    private final Scheduler scheduler;
    private final Function<K, PassResult> pass;
    private final Function<K, PriorityLevel> laneOf;
    private final BackOff backOff;
    private final RandomGenerator jitter;
    private final LongSupplier nanos;
    private final WeightedFairQueue<K> queued = new WeightedFairQueue<>();
    // keys in a pass, with the lane of the next pass that was requested meanwhile
    private final Map<K, Optional<PriorityLevel>> running = new HashMap<>();
    // those of them with events meanwhile
    private final Set<K> newsMeanwhile = new HashSet<>();
    private final KeyCooldown<K> keyCooldown = new KeyCooldown<>(NEWS_SPACING);
    private final DelayingQueue<K> delayingQueue;
    private final Map<K, Integer> failures = new HashMap<>();
    private final Throughput passes;
    // tasks that the scheduler has of this queue: as many as run at once, so that nothing else waits behind a long
    // queue
    private int handedOver;
    private boolean closed;
    private long lastBegun;

    /** A queue of keys of which none is better than another, on the clock of the system. */
    public WorkQueue(Scheduler scheduler, Function<K, PassResult> pass, BackOff backOff, RandomGenerator jitter) {
        this(scheduler, pass, key -> PriorityLevel.ROUTINE, backOff, jitter, System::nanoTime);
    }

    /**
     * @param laneOf priority of a pass over a key without any event; quick
     * @param nanos a monotonic clock
     */
    public WorkQueue(
            Scheduler scheduler,
            Function<K, PassResult> pass,
            Function<K, PriorityLevel> laneOf,
            BackOff backOff,
            RandomGenerator jitter,
            LongSupplier nanos) {
        this.scheduler = scheduler;
        this.pass = pass;
        this.laneOf = laneOf;
        this.backOff = backOff;
        this.jitter = jitter;
        this.nanos = nanos;
        this.delayingQueue = new DelayingQueue<>(scheduler, nanos, this::come);
        this.lastBegun = nanos.getAsLong();
        this.passes = new Throughput(lastBegun);
    }

    /** Queues the key for a pass after an event; once, however often this is called before the pass begins. */
    public void add(K key) {
        add(key, PriorityLevel.NEWS);
    }

    /**
     * The same for another reason. A key that is being removed stays in its own lane, and one that is queued for a
     * better reason in that one.
     *
     * @param reason {@link PriorityLevel#ROUTINE} for none but that of the key itself
     */
    public void add(K key, PriorityLevel reason) {
        PriorityLevel known = laneOf.apply(key);
        queue(key, known == PriorityLevel.REMOVAL ? known : reason.orBetter(known));
    }

    /**
     * The key has changed outside. Changes of a pass itself come back like that, too, piece by piece: so the next pass
     * begins {@link #NEWS_SPACING} after the last one has ended, and finds all of it.
     */
    public void addNews(K key) {
        if (!putOff(key)) {
            add(key);
        }
    }

    /**
     * Notes events of a key that is in a pass, or was lately, for a pass that comes soon enough; false when they do not
     * wait.
     */
    private synchronized boolean putOff(K key) {
        if (running.containsKey(key)) {
            newsMeanwhile.add(key);
            return true;
        }
        Duration rest = keyCooldown.rest(key, nanos.getAsLong());
        if (closed || rest.isZero() || queued.laneOf(key).isPresent()) {
            return false;
        }
        delayingQueue.bringForward(key, rest, PriorityLevel.NEWS);
        return true;
    }

    /** Queues a key whose planned work is due. */
    private void come(K key) {
        PriorityLevel reason;
        synchronized (this) {
            reason = delayingQueue.reason(key).orElse(PriorityLevel.ROUTINE);
        }
        add(key, reason);
    }

    private synchronized void queue(K key, PriorityLevel priorityLevel) {
        if (closed) {
            return;
        }
        delayingQueue.cancel(key);
        boolean isRunning = running.computeIfPresent(
                        key,
                        (any, asked) ->
                                Optional.of(asked.map(priorityLevel::orBetter).orElse(priorityLevel)))
                != null;
        if (!isRunning && queued.add(key, priorityLevel, nanos.getAsLong())) {
            boolean handed = false;
            try {
                handOver();
                handed = true;
            } finally {
                if (!handed) {
                    // a key without a waiting thread would be taken for queued for ever
                    queued.remove(key);
                }
            }
        }
    }

    private void handOver() {
        if (handedOver < scheduler.threads() && handedOver < queued.size() + running.size()) {
            scheduler.execute(this::work);
            handedOver++;
        }
    }

    /**
     * Runs a task on a key, now and on the calling thread, with the same guarantee: no pass over the key meanwhile. A
     * waiting routine pass does not prevent it: there may be many of these, for long.
     *
     * @return false when the key is queued for another reason or in a pass; the task did not run then
     */
    public boolean exclusively(K key, Runnable task) {
        synchronized (this) {
            boolean awaited = queued.laneOf(key)
                    .filter(priorityLevel -> priorityLevel != PriorityLevel.ROUTINE)
                    .isPresent();
            if (closed || awaited || running.putIfAbsent(key, Optional.empty()) != null) {
                return false;
            }
        }
        try {
            task.run();
        } finally {
            if (leave(key)) {
                add(key);
            }
        }
        return true;
    }

    /** Returns whether there were events of the key meanwhile. */
    private synchronized boolean leave(K key) {
        asked(key).ifPresent(priorityLevel -> queue(key, priorityLevel));
        return newsMeanwhile.remove(key);
    }

    /** Keys that are queued or worked on now. */
    public synchronized int size() {
        return queued.size() + running.size();
    }

    /** Keys that are queued for this reason. */
    public synchronized int size(PriorityLevel priorityLevel) {
        return queued.size(priorityLevel);
    }

    /** The time for which the longest waiting key has waited for this reason; zero when none does. */
    public synchronized Duration age(PriorityLevel priorityLevel) {
        OptionalLong oldest = queued.oldest(priorityLevel);
        return oldest.isPresent() ? Duration.ofNanos(nanos.getAsLong() - oldest.getAsLong()) : Duration.ZERO;
    }

    /** Passes that were begun for changes and removals, on the average of the last ten seconds. */
    public synchronized double passesPerSecond() {
        return passes.perSecond(nanos.getAsLong());
    }

    /** Keys that are worked on now. */
    public synchronized int running() {
        return running.size();
    }

    /** The time for which keys have waited while no pass began at all; zero when none waits, or passes begin. */
    public synchronized Duration stuck() {
        long now = nanos.getAsLong();
        return Arrays.stream(PriorityLevel.values())
                .map(queued::oldest)
                .flatMapToLong(OptionalLong::stream)
                .map(oldest -> now - Math.max(oldest, lastBegun))
                .mapToObj(Duration::ofNanos)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Takes no more keys. */
    public synchronized void close() {
        closed = true;
        delayingQueue.clear();
    }

    private void work() {
        Optional<K> next = begin();
        if (next.isPresent()) {
            K key = next.get();
            PassResult outcome = new PassResult.PassRejected();
            try {
                outcome = pass.apply(key);
            } finally {
                finish(key, outcome);
            }
        }
    }

    /** Takes a key to work on; empty when there is none. */
    private synchronized Optional<K> begin() {
        Optional<WeightedFairQueue.Queued<K>> next = take();
        if (next.isEmpty()) {
            handedOver--;
            return Optional.empty();
        }
        lastBegun = nanos.getAsLong();
        if (next.get().lane() != PriorityLevel.ROUTINE && next.get().lane() != PriorityLevel.NEWS) {
            passes.count(lastBegun);
        }
        running.put(next.get().key(), Optional.empty());
        return Optional.of(next.get().key());
    }

    /** A key with another running task comes again after that. */
    private Optional<WeightedFairQueue.Queued<K>> take() {
        Optional<WeightedFairQueue.Queued<K>> next = closed ? Optional.empty() : queued.take();
        while (next.isPresent() && running.containsKey(next.get().key())) {
            PriorityLevel priorityLevel = next.get().lane();
            running.computeIfPresent(
                    next.get().key(),
                    (any, asked) ->
                            Optional.of(asked.map(priorityLevel::orBetter).orElse(priorityLevel)));
            next = queued.take();
        }
        return next;
    }

    private synchronized void finish(K key, PassResult passResult) {
        handedOver--;
        keyCooldown.ended(key, nanos.getAsLong());
        Optional<PriorityLevel> asked = asked(key);
        boolean news = newsMeanwhile.remove(key);
        Optional<Duration> delay = delay(key, passResult);
        if (asked.isPresent()) {
            queue(key, news ? asked.get().orBetter(PriorityLevel.NEWS) : asked.get());
        } else if (!closed) {
            delay.ifPresent(after -> delayingQueue.plan(key, after, PriorityLevel.ROUTINE));
            if (news) {
                delayingQueue.bringForward(key, NEWS_SPACING, PriorityLevel.NEWS);
            }
        }
        handOver();
    }

    /** The delay of the next pass over the key by the result of the last one; empty without another. */
    private Optional<Duration> delay(K key, PassResult passResult) {
        if (passResult instanceof PassResult.Retry || passResult instanceof PassResult.PassRejected) {
            int inARow = failures.merge(key, 1, Integer::sum);
            return Optional.of(backOff(inARow, passResult instanceof PassResult.Retry ? OFTENER : 1));
        }
        failures.remove(key);
        return passResult instanceof PassResult.RequeueAfter requeueAfter
                ? Optional.of(requeueAfter.delay())
                : Optional.empty();
    }

    /** Ends the work on the key, and returns the reason of a request that arrived meanwhile. */
    private Optional<PriorityLevel> asked(K key) {
        return Optional.ofNullable(running.remove(key)).flatMap(Function.identity());
    }

    private Duration backOff(int failuresInARow, int oftener) {
        long millis = backOff.first().toMillis() << Math.min(failuresInARow - 1, 20);
        long bounded = Math.min(millis, backOff.longest().toMillis() / oftener);
        return Duration.ofMillis(bounded / 2 + jitter.nextLong(bounded / 2 + 1));
    }
}
