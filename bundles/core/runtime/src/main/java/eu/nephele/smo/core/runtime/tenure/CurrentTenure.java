// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.tenure;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Tenure for calls of controllers: no call begins or continues after its end. */
public final class CurrentTenure {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private volatile Optional<Tenure> tenure = Optional.empty();
    // guarded by this
    private OptionalLong nothingSince = OptionalLong.empty();

    /** @param nanos a monotonic clock */
    public CurrentTenure(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public void begin(Tenure held) {
        tenure = Optional.of(held);
    }

    public void end(Tenure over) {
        tenure = tenure.filter(held -> held != over);
    }

    public Optional<Tenure> tenure() {
        return tenure.filter(held -> isPositive(held.left()));
    }

    /** The time that is left for a call that was begun under it; zero when it has ended, or another one has come. */
    public Duration left(Tenure under) {
        return tenure.filter(held -> held == under)
                .map(Tenure::left)
                .filter(CurrentTenure::isPositive)
                .orElse(Duration.ZERO);
    }

    private static boolean isPositive(Duration left) {
        return !left.isZero() && !left.isNegative();
    }

    /**
     * The delay of the next attempt; empty when a call may begin. A tenure that has just been taken is there within
     * milliseconds, a database may be unavailable for hours: the delay grows to five seconds.
     */
    public synchronized Optional<Duration> rest() {
        if (tenure().isPresent()) {
            nothingSince = OptionalLong.empty();
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        Duration waited = Duration.ofNanos(now - nothingSince.orElse(now));
        nothingSince = OptionalLong.of(nothingSince.orElse(now));
        Duration atLeast = waited.compareTo(SHORTEST) < 0 ? SHORTEST : waited;
        return Optional.of(atLeast.compareTo(LONGEST) > 0 ? LONGEST : atLeast);
    }
}
