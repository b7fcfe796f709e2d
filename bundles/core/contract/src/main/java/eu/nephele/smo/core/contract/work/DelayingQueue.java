// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import eu.nephele.smo.core.contract.work.Scheduler.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keys with the time of their next pass, each once and for one reason. Not safe for threads: due keys are reported on
 * the scheduler's.
 *
 * @param <K> key
 */
final class DelayingQueue<K> {

    private record Planned(Timer timer, long dueNanos, PriorityLevel reason) {}

    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Consumer<K> due;
    private final Map<K, Planned> planned = new HashMap<>();

    /**
     * @param nanos a monotonic clock
     * @param due called with each key that is due; it stays planned until it is cancelled
     */
    DelayingQueue(Scheduler scheduler, LongSupplier nanos, Consumer<K> due) {
        this.scheduler = scheduler;
        this.nanos = nanos;
        this.due = due;
    }

    /** In place of what was planned for the key. */
    void plan(K key, Duration delay, PriorityLevel reason) {
        cancel(key);
        long at = nanos.getAsLong() + delay.toNanos();
        planned.put(key, new Planned(scheduler.after(delay, () -> due.accept(key)), at, reason));
    }

    /** Adds a reason that waits no longer than that: an earlier time stays, and covers both. */
    void bringForward(K key, Duration atMost, PriorityLevel reason) {
        Planned present = planned.get(key);
        if (present == null || present.dueNanos() - nanos.getAsLong() > atMost.toNanos()) {
            plan(key, atMost, reason);
        } else {
            planned.put(
                    key,
                    new Planned(
                            present.timer(),
                            present.dueNanos(),
                            present.reason().orBetter(reason)));
        }
    }

    /** The reason for which the key is planned; empty when it is not. */
    Optional<PriorityLevel> reason(K key) {
        return Optional.ofNullable(planned.get(key)).map(Planned::reason);
    }

    void cancel(K key) {
        Optional.ofNullable(planned.remove(key))
                .ifPresent(former -> former.timer().cancel());
    }

    void clear() {
        planned.values().forEach(each -> each.timer().cancel());
        planned.clear();
    }
}
