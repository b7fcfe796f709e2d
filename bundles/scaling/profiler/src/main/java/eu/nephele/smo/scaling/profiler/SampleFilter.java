// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.profiler;

import java.time.Duration;
import java.time.Instant;

/** Sorts out samples that say nothing, one after the other in the order of their times. Not for several threads. */
final class SampleFilter {

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

    /**
     * Whether a sample counts: a number, later than the one before. None that is repeated again and again, as a metrics system does with
     * its last one, and none in whose window other numbers of replicas have answered.
     */
    boolean counts(ProfileSample sample) {
        boolean number = sample.handledPerSecond() >= 0 && !Double.isInfinite(sample.handledPerSecond());
        boolean setBack =
                last.isAfter(Instant.MIN) && sample.at().plus(CLOCK_SET_BACK).isBefore(last);
        if (!number || sample.replicas() < 1 || (!sample.at().isAfter(last) && !setBack)) {
            return false;
        }
        if (sample.replicas() != replicas || setBack) {
            changed = replicas == 0 ? Instant.MIN : sample.at();
        }
        repeats = sample.handledPerSecond() == rate && sample.handledPerSecond() > 0 ? repeats + 1 : 1;
        last = sample.at();
        replicas = sample.replicas();
        rate = sample.handledPerSecond();
        boolean mixed = changed.isAfter(Instant.MIN) && sample.at().isBefore(changed.plus(window));
        return window.isZero() || (repeats < REPEATED && !mixed);
    }
}
