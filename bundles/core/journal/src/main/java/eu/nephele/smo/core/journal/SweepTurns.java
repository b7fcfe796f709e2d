// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Time of sensitivity analyses: one after the other, and each as long as its time lasts. Live decisions go first. */
@Component(service = SweepTurns.class)
public final class SweepTurns {

    /** Callers wait for the answer. */
    private static final long TOTAL_MILLIS = 20_000;

    /** As long as a live decision has. */
    private static final long MOST_MILLIS = 1_000;

    private static final long LEAST_MILLIS = 50;
    private static final long YIELD_MILLIS = 20;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final DecisionTrials trials;
    private final LongSupplier nanoTime;
    private final Semaphore one = new Semaphore(1);

    /** Decides the problem for one value. */
    @FunctionalInterface
    interface ValueTrial<T> {
        T at(double value, long budgetMillis);
    }

    @Activate
    public SweepTurns(@Reference DecisionTrials trials) {
        this(trials, System::nanoTime);
    }

    /** For programs that embed the core. */
    public SweepTurns(DecisionTrials trials, LongSupplier nanoTime) {
        this.trials = trials;
        this.nanoTime = nanoTime;
    }

    DecisionTrials trials() {
        return trials;
    }

    /**
     * What comes out for each value, in their order; fewer than asked for when the time is over.
     *
     * @throws SmoException {@code UNAVAILABLE}: another analysis is computed now
     */
    <T> List<T> sweep(SweepRange values, ValueTrial<T> trial) {
        if (!one.tryAcquire()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "Another sensitivity analysis is computed now; try again when it is done",
                    Optional.of(RETRY));
        }
        try {
            long end = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(TOTAL_MILLIS);
            long budgetMillis = Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, TOTAL_MILLIS / values.steps()));
            List<T> points = new ArrayList<>();
            while (points.size() < values.steps() && liveDecisionsLeaveRoom(end)) {
                points.add(trial.at(values.value(points.size()), budgetMillis));
            }
            return points;
        } finally {
            one.release();
        }
    }

    /** Waits for live decisions; returns false when the time is over. */
    private boolean liveDecisionsLeaveRoom(long end) {
        while (end - nanoTime.getAsLong() > 0) {
            if (!trials.crowded()) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(YIELD_MILLIS));
        }
        return false;
    }
}
