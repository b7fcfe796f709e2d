// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Number of passes, and the keys with the longest ones of late. A pass costs two readings of clocks and a comparison;
 * the kept state does not grow with the number of keys.
 *
 * @param <K> key
 */
public final class PassTimings<K> {

    /** A pass that has ended; processor time is that of its own thread. */
    public record TimedPass<K>(K key, Instant ended, Duration duration, Duration processorTime) {}

    /** @param time of all passes, summed up */
    public record PassTotals(long passes, Duration time) {}

    private static final int KEPT = 10;
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final LongSupplier threadNanos;
    private long passes;
    private long nanos;
    private long spanBegan;
    private TimedSpan<K> current = new TimedSpan<>();
    private TimedSpan<K> former = new TimedSpan<>();

    /**
     * @param nanoTime monotonic
     * @param threadNanos processor time of the calling thread
     */
    public PassTimings(Clock clock, LongSupplier nanoTime, LongSupplier threadNanos) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.threadNanos = threadNanos;
        this.spanBegan = nanoTime.getAsLong();
    }

    /** Runs a pass and takes its time, also when it fails. */
    public PassResult timed(K key, Function<K, PassResult> pass) {
        long begun = nanoTime.getAsLong();
        long used = threadNanos.getAsLong();
        try {
            return pass.apply(key);
        } finally {
            add(new TimedPass<>(
                    key,
                    clock.instant(),
                    Duration.ofNanos(nanoTime.getAsLong() - begun),
                    Duration.ofNanos(threadNanos.getAsLong() - used)));
        }
    }

    private synchronized void add(TimedPass<K> pass) {
        roll();
        passes++;
        nanos += pass.duration().toNanos();
        current.longest().offer(pass);
        current.costliest().offer(pass);
    }

    /** All passes since the beginning. */
    public synchronized PassTotals sums() {
        return new PassTotals(passes, Duration.ofNanos(nanos));
    }

    /** The longest pass of each of the ten keys with the longest ones in the last one to two minutes, longest first. */
    public synchronized List<TimedPass<K>> longest() {
        roll();
        return Top.merged(current.longest(), former.longest());
    }

    /** As {@link #longest()}, by processor time. */
    public synchronized List<TimedPass<K>> costliest() {
        roll();
        return Top.merged(current.costliest(), former.costliest());
    }

    private void roll() {
        long now = nanoTime.getAsLong();
        long age = now - spanBegan;
        if (age >= SPAN.toNanos()) {
            former = age < 2 * SPAN.toNanos() ? current : new TimedSpan<>();
            current = new TimedSpan<>();
            spanBegan = now;
        }
    }

    private record TimedSpan<K>(Top<K> longest, Top<K> costliest) {
        TimedSpan() {
            this(
                    new Top<>(Comparator.comparing(TimedPass::duration)),
                    new Top<>(Comparator.comparing(TimedPass::processorTime)));
        }
    }

    /** The greatest pass of each of some keys. */
    private static final class Top<K> {

        private final Comparator<TimedPass<K>> order;
        private final Map<K, TimedPass<K>> kept = new LinkedHashMap<>();

        Top(Comparator<TimedPass<K>> order) {
            this.order = order;
        }

        void offer(TimedPass<K> pass) {
            TimedPass<K> known = kept.get(pass.key());
            if (known != null) {
                if (order.compare(pass, known) > 0) {
                    kept.put(pass.key(), pass);
                }
            } else if (kept.size() < KEPT) {
                kept.put(pass.key(), pass);
            } else {
                TimedPass<K> least = kept.values().stream().min(order).orElse(pass);
                if (order.compare(pass, least) > 0) {
                    kept.remove(least.key());
                    kept.put(pass.key(), pass);
                }
            }
        }

        static <K> List<TimedPass<K>> merged(Top<K> one, Top<K> other) {
            Top<K> both = new Top<>(one.order);
            Stream.concat(one.kept.values().stream(), other.kept.values().stream())
                    .forEach(both::offer);
            List<TimedPass<K>> sorted = new ArrayList<>(both.kept.values());
            sorted.sort(one.order.reversed());
            return sorted;
        }
    }
}
