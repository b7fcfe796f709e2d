// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The totals of the last minute, one every few seconds, so that rates are those of the last minute. */
final class History {

    static final Duration SPAN = Duration.ofSeconds(60);
    static final Duration EVERY = Duration.ofSeconds(5);

    private final Supplier<Totals> read;
    private final Deque<Totals> kept = new ArrayDeque<>();

    History(Supplier<Totals> read) {
        this.read = read;
        note();
    }

    /** Notes how it is now; called every few seconds. */
    synchronized void note() {
        kept.add(read.get());
        while (kept.size() > SPAN.dividedBy(EVERY) + 1) {
            kept.remove();
        }
    }

    /** From the oldest note until now: a minute, and less soon after the start. */
    synchronized Window window() {
        return new Window(kept.getFirst(), read.get());
    }
}
