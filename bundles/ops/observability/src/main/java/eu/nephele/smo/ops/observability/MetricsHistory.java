// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The totals of the last minute, one every few seconds, so that rates are those of the last minute. */
final class MetricsHistory {

    static final Duration SPAN = Duration.ofSeconds(60);
    static final Duration EVERY = Duration.ofSeconds(5);

    private final Supplier<MetricTotals> read;
    private final Deque<MetricTotals> kept = new ArrayDeque<>();

    MetricsHistory(Supplier<MetricTotals> read) {
        this.read = read;
        record();
    }

    /** Called every few seconds. */
    synchronized void record() {
        kept.add(read.get());
        while (kept.size() > SPAN.dividedBy(EVERY) + 1) {
            kept.remove();
        }
    }

    /** From the oldest record until now: a minute, less soon after the start. */
    synchronized MetricsWindow window() {
        return new MetricsWindow(kept.getFirst(), read.get());
    }
}
