// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.ops.observability.MetricTotals.Total;
import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

record MetricsWindow(MetricTotals before, MetricTotals now) {

    private static final double NANOS_PER_SECOND = 1e9;

    Duration length() {
        return Duration.ofNanos(now.nanoTime() - before.nanoTime());
    }

    double perSecond(double count) {
        double seconds = length().toNanos() / NANOS_PER_SECOND;
        return seconds <= 0 ? 0 : count / seconds;
    }

    Total sum(String name) {
        return sum(name, id -> true);
    }

    Total sum(String name, Predicate<Meter.Id> which) {
        return by(name, id -> which.test(id) ? Optional.of("") : Optional.empty())
                .getOrDefault("", Total.NONE);
    }

    /** Measurements of a name by the value of a label, sorted; those from before the window have the value 0. */
    Map<String, Total> by(String name, String label) {
        return by(name, id -> Optional.ofNullable(id.getTag(label)));
    }

    private Map<String, Total> by(String name, Function<Meter.Id, Optional<String>> group) {
        Map<String, Total> sums = new TreeMap<>();
        now.meters().forEach((id, total) -> {
            if (id.getName().equals(name)) {
                Total gained = total.since(before.meters().getOrDefault(id, Total.NONE));
                group.apply(id).ifPresent(key -> sums.merge(key, gained, Total::plus));
            }
        });
        return sums;
    }

    /** Empty when nothing was timed. */
    static Optional<Duration> mean(Total total) {
        return total.count() <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(total.seconds() / total.count() * NANOS_PER_SECOND)));
    }
}
