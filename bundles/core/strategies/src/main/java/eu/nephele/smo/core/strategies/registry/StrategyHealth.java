// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.core.contract.decision.StrategyControl.TimedFault;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Health of one offer. Thread-safe; an answer without an earlier fault takes no lock. */
public final class StrategyHealth {
    private static final int MOST_SHOWN = 10;

    private final LongAdder calls = new LongAdder();
    private final LongAdder decisions = new LongAdder();
    private volatile @Nullable Instant lastDecision;
    private volatile int inARow;

    /** Guarded by this. */
    private long faults;

    private final Deque<TimedFault> latest = new ArrayDeque<>();
    private final Deque<Long> recentNanos = new ArrayDeque<>();

    void called() {
        calls.increment();
    }

    public void decided(Instant at, int graphs) {
        decisions.add(graphs);
        lastDecision = at;
        if (inARow != 0) {
            synchronized (this) {
                inARow = 0;
            }
        }
    }

    /**
     * Takes note of a fault.
     *
     * @param nanos now, on a monotonic scale
     * @return why it must go, if it must
     */
    public synchronized Optional<String> faulted(
            StrategyFault fault, Instant at, long nanos, StrategySettings.StrategyLimits limits) {
        faults++;
        inARow++;
        latest.addFirst(new TimedFault(at, fault));
        if (latest.size() > MOST_SHOWN) {
            latest.removeLast();
        }
        recentNanos.addLast(nanos);
        long windowNanos = TimeUnit.SECONDS.toNanos(limits.ejectWindowSeconds());
        while (nanos - recentNanos.getFirst() > windowNanos) {
            recentNanos.removeFirst();
        }
        if (limits.ejectAfterFaults() > 0 && inARow >= limits.ejectAfterFaults()) {
            return Optional.of("%d faults in a row, the last: %s: %s".formatted(inARow, fault.what(), fault.message()));
        }
        return limits.ejectAfterFaultsInWindow() > 0 && recentNanos.size() >= limits.ejectAfterFaultsInWindow()
                ? Optional.of("%d faults within %s, the last: %s: %s"
                        .formatted(
                                recentNanos.size(),
                                text(Duration.ofSeconds(limits.ejectWindowSeconds())),
                                fault.what(),
                                fault.message()))
                : Optional.empty();
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }

    /** Faults are forgotten; calls and decisions stay. */
    synchronized void forgive() {
        faults = 0;
        inARow = 0;
        latest.clear();
        recentNanos.clear();
    }

    /** Calls begun since it was registered. */
    public long calls() {
        return calls.sum();
    }

    /** Answers used since it was registered. */
    public long decisions() {
        return decisions.sum();
    }

    public Optional<Instant> lastDecisionAt() {
        return Optional.ofNullable(lastDecision);
    }

    /** Faults since it was registered or reinstated. */
    public synchronized long faults() {
        return faults;
    }

    /** Newest first, at most ten. */
    public synchronized List<TimedFault> latest() {
        return List.copyOf(latest);
    }
}
