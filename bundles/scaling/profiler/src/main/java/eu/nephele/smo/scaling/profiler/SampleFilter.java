// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sorts out samples that say nothing, one after the other in the order of their times. Not for several threads. */
final class SampleFilter {

    /** Why a sample does not count. */
    enum Rejection {
        /** no number, negative, or without replicas */
        NO_NUMBER,
        /** not later than the one before */
        NOT_LATER,
        /** the same value for the fourth time: a metrics system that repeats its last one */
        STALE,
        /** the window has requests that other numbers of replicas answered */
        REPLICAS_CHANGED
    }

    /** Rates of real traffic do not agree to the last bit; four times is no accident. */
    private static final int REPEATED = 4;
    /** A clock that is set back by more than this is believed, and everything before does not count. */
    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(10);

    private final Duration window;
    private Instant last = Instant.MIN;
    private Instant changed = Instant.MIN;
    private int replicas;
    private double rate = Double.NaN;
    private int repeats;

    SampleFilter(Duration window) {
        this.window = window;
    }

    /** @return empty when it counts */
    Optional<Rejection> rejection(ProfileSample sample) {
        if (!(sample.handledPerSecond() >= 0)
                || Double.isInfinite(sample.handledPerSecond())
                || sample.replicas() < 1) {
            return Optional.of(Rejection.NO_NUMBER);
        }
        boolean setBack =
                last.isAfter(Instant.MIN) && sample.at().plus(CLOCK_SET_BACK).isBefore(last);
        if (!sample.at().isAfter(last) && !setBack) {
            return Optional.of(Rejection.NOT_LATER);
        }
        if (sample.replicas() != replicas || setBack) {
            changed = replicas == 0 ? Instant.MIN : sample.at();
        }
        repeats = sample.handledPerSecond() == rate && sample.handledPerSecond() > 0 ? repeats + 1 : 1;
        last = sample.at();
        replicas = sample.replicas();
        rate = sample.handledPerSecond();
        if (!window.isZero() && repeats >= REPEATED) {
            return Optional.of(Rejection.STALE);
        }
        boolean mixed = changed.isAfter(Instant.MIN) && sample.at().isBefore(changed.plus(window));
        return mixed && !window.isZero() ? Optional.of(Rejection.REPLICAS_CHANGED) : Optional.empty();
    }
}
