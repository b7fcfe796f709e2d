// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A reading that is far above everything of the last minutes may be an error of the measurement: it counts as twice the highest of them
 * until another one confirms it that shares no sample with it, as it was read a whole window of the rate later. A load that really jumps
 * is served in full then. Guarded by its owner.
 */
final class SurpriseFilter {

    private static final double SURPRISE = 4;
    private static final double UNCONFIRMED = 2;

    private Optional<Doubt> doubt = Optional.empty();

    /** @param trusted highest reading before it */
    private record Doubt(double value, double trusted, Instant since) {

        /** The distance in either direction, as the clock may have been set. */
        boolean isOlder(Duration window, Instant now) {
            return Duration.between(since, now).abs().compareTo(window) >= 0;
        }
    }

    /**
     * @param value 0 or more
     * @param highest of the last minutes, NaN without any
     * @param window that the reading is the mean of; 0 of one that is believed at once
     * @return what counts of the value
     */
    double counted(double value, double highest, Duration window, Instant now) {
        // what counted of a doubtful reading is no ground to believe the next one
        double trusted = doubt.map(Doubt::trusted).orElse(highest);
        boolean surprising = !window.isZero() && trusted > 0 && value > SURPRISE * trusted;
        if (!surprising) {
            doubt = Optional.empty();
            return value;
        }
        Optional<Doubt> confirming = doubt.filter(before -> before.isOlder(window, now));
        if (confirming.isEmpty()) {
            doubt = doubt.or(() -> Optional.of(new Doubt(value, trusted, now)));
            return UNCONFIRMED * trusted;
        }
        double confirmed = UNCONFIRMED * confirming.get().value();
        doubt = value > confirmed ? Optional.of(new Doubt(value, confirmed, now)) : Optional.empty();
        return Math.min(value, confirmed);
    }
}
