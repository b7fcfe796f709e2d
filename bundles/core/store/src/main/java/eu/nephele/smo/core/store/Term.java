// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time for which a lease counts for its owner, by two clocks of its machine. The monotonic one does not jump, but
 * may stand still while the machine sleeps or is paused; the wall clock continues then. The lease is over when either
 * clock says so. So a wall clock that jumps forward costs one renewal, and one that jumps backward changes nothing.
 * Thread-safe.
 */
final class Term {

    private final LongSupplier nanos;
    private final LongSupplier millis;
    private volatile TermMoment end;

    record TermMoment(long nanos, long millis) {

        private TermMoment after(Duration length) {
            return new TermMoment(nanos + length.toNanos(), millis + length.toMillis());
        }
    }

    Term(LongSupplier nanos, LongSupplier millis) {
        this.nanos = nanos;
        this.millis = millis;
        this.end = now();
    }

    TermMoment now() {
        return new TermMoment(nanos.getAsLong(), millis.getAsLong());
    }

    /** @param from before the request to the database */
    void lasts(TermMoment from, Duration length) {
        end = from.after(length);
    }

    void end() {
        end = now();
    }

    /** Zero after the end. */
    Duration left() {
        TermMoment until = end;
        Duration monotonic = Duration.ofNanos(until.nanos() - nanos.getAsLong());
        Duration wall = Duration.ofMillis(until.millis() - millis.getAsLong());
        Duration shorter = monotonic.compareTo(wall) < 0 ? monotonic : wall;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }
}
