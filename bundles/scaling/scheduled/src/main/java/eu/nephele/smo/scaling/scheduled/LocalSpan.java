// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A time span as calendars and clocks of some zone show it.
 *
 * @param end behind {@code begin}; no longer part of it
 */
record LocalSpan(LocalDateTime begin, LocalDateTime end) {

    /** One single time. */
    Recurrence once() {
        return new Once(this);
    }

    private record Once(LocalSpan span) implements Recurrence {
        @Override
        public Optional<LocalSpan> lastUntil(LocalDateTime at) {
            return Optional.of(span).filter(one -> !one.begin().isAfter(at));
        }

        @Override
        public Optional<LocalSpan> firstAfter(LocalDateTime at) {
            return Optional.of(span).filter(one -> one.begin().isAfter(at));
        }
    }
}
