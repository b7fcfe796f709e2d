// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something that shows whether a service is needed.
 *
 * @param name for people
 * @param above a value above this means that it is needed
 * @param measuredAt when it was measured last, or since when it has been asked for in vain; empty when nobody knows
 */
record WakeSignal(String name, double above, OptionalDouble now, LoadSeries past, Optional<Instant> measuredAt) {

    private static final Duration BRIDGED = Duration.ofMinutes(3);

    static WakeSignal requests(ScalingTarget target) {
        return new WakeSignal(
                "requests per second", 0, finite(target.demandPerSecond()), target.history(), target.measuredAt());
    }

    /** Requests that no replica has yet. */
    static WakeSignal waiting(ScalingTarget target) {
        MetricReading reading = target.metric(WakeSize.WAITING);
        return new WakeSignal("waiting requests", 0, finite(reading.now()), reading.history(), reading.measuredAt());
    }

    /** Of a service on several clusters each has a part of the metric: the whole counts. */
    static WakeSignal of(Wake wake, ScalingTarget target) {
        MetricReading reading = target.metric(wake.asked());
        return new WakeSignal(
                wake.asked().name(),
                wake.above() * target.portion(),
                finite(reading.now()),
                reading.history(),
                reading.measuredAt());
    }

    private static OptionalDouble finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value : OptionalDouble.empty();
    }

    boolean known() {
        return now.isPresent();
    }

    boolean active() {
        return now.isPresent() && now.getAsDouble() > above;
    }

    /** For people: its value. */
    String text() {
        return String.format(Locale.ROOT, "%s %.4g", name, now.orElse(Double.NaN));
    }

    /**
     * Whether it is known to be at rest now and through all of a time span. One missed reading is bridged, as a rate is over a window;
     * a longer gap is not rest.
     */
    boolean restsSince(Instant begin, Instant now) {
        if (!known() || active()) {
            return false;
        }
        Instant nextKnown = now;
        for (int i = past.size() - 1; i >= 0; i--) {
            Instant at = past.at(i);
            if (Double.isNaN(past.value(i))) {
                continue;
            }
            if (past.value(i) > above || Duration.between(at, nextKnown).compareTo(longestGap()) > 0) {
                return false;
            }
            if (!at.isAfter(begin)) {
                return true;
            }
            nextKnown = at;
        }
        return false;
    }

    /**
     * Whether nothing is known of it now and through all of a time span. A server that has just begun and cannot read the past has not
     * asked for so long.
     */
    boolean silentSince(Instant begin) {
        return !known()
                && measuredAt.filter(at -> at.isAfter(begin)).isEmpty()
                && past.points().stream().noneMatch(point -> point.at().isAfter(begin));
    }

    private Duration longestGap() {
        Duration twoSteps = past.step().multipliedBy(2);
        return twoSteps.compareTo(BRIDGED) > 0 ? twoSteps : BRIDGED;
    }
}
