// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** A clock that follows real time, faster or slower by a factor. */
public final class ScaledClock implements WorldClock {

    private final Instant worldStart;
    private final Instant observedStart;
    private final double factor;
    private final LongSupplier nanoTime;
    private final long startNanos;

    /**
     * @param worldStart time in the world at this moment
     * @param factor seconds of the world per second of real time, above 0
     */
    public ScaledClock(Instant worldStart, double factor) {
        this(worldStart, factor, Instant.now(), System::nanoTime);
    }

    ScaledClock(Instant worldStart, double factor, Instant observedStart, LongSupplier nanoTime) {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor=%s, expected a number above 0".formatted(factor));
        }
        this.worldStart = worldStart;
        this.observedStart = observedStart;
        this.factor = factor;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    @Override
    public Instant now() {
        return worldStart.plus(inside(Duration.ofNanos(nanoTime.getAsLong() - startNanos)));
    }

    @Override
    public Instant outside(Instant worldTime) {
        return observedStart.plus(outside(Duration.between(worldStart, worldTime)));
    }

    @Override
    public Duration inside(Duration observed) {
        return scaled(observed, factor);
    }

    @Override
    public Duration outside(Duration inWorld) {
        return scaled(inWorld, 1 / factor);
    }

    @Override
    public void onMoved(Runnable listener) {
        // runs by itself and is never moved by hand
    }

    private static Duration scaled(Duration duration, double by) {
        if (by == 1.0) {
            return duration;
        }
        // microseconds: a double is exact to them for centuries, and pods need no finer times
        return Duration.ofNanos(Math.round(duration.toNanos() / 1000.0 * by) * 1000);
    }
}
