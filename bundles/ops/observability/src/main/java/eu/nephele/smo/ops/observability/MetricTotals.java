// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.runtime.EngineActivity.Activity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Counters and timers at one moment.
 *
 * @param nanoTime the moment, monotonic
 * @param meters all counters and timers of the product, and the one gauge that counts
 */
record MetricTotals(long nanoTime, Map<Meter.Id, Total> meters, Optional<Activity> engine, JavaRuntime.Totals process) {

    /** The one gauge that is a counter: the store counts by itself. */
    static final String STATEMENTS = "smo_store_statements";

    private static final String OURS = "smo_";

    /** @param seconds sum of the timed durations, 0 for counters */
    record Total(double count, double seconds) {

        static final Total NONE = new Total(0, 0);

        Total plus(Total other) {
            return new Total(count + other.count, seconds + other.seconds);
        }

        /** Returns the difference to an earlier total; a counter that restarted meanwhile counts whole. */
        Total since(Total earlier) {
            return count < earlier.count ? this : new Total(count - earlier.count, seconds - earlier.seconds);
        }
    }

    static MetricTotals create(
            long nanoTime, List<Meter> meters, Optional<Activity> engine, JavaRuntime.Totals process) {
        Map<Meter.Id, Total> totals = new HashMap<>();
        for (Meter meter : meters) {
            if (!meter.getId().getName().startsWith(OURS)) {
                continue;
            }
            if (meter instanceof Timer timer) {
                totals.put(meter.getId(), new Total(timer.count(), timer.totalTime(TimeUnit.SECONDS)));
            } else if (meter instanceof Counter counter) {
                totals.put(meter.getId(), new Total(counter.count(), 0));
            } else if (meter instanceof Gauge gauge && meter.getId().getName().equals(STATEMENTS)) {
                totals.put(meter.getId(), new Total(gauge.value(), 0));
            }
        }
        return new MetricTotals(nanoTime, totals, engine, process);
    }
}
