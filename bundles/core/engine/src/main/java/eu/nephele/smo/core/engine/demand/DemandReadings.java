// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.demand;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What one pass has read, and the past that it continues. Belongs to the thread of the pass. */
public final class DemandReadings {

    private final DemandHistory history;
    private final Instant now;
    /** Within one pass. */
    private final Map<MetricQuery, Double> counted = new HashMap<>();

    DemandReadings(DemandHistory history, Instant now) {
        this.history = history;
        this.now = now;
    }

    /**
     * Takes note of what was read of a metric, once; what is no number or negative is no data.
     *
     * @param ownWindow of its source, see {@link eu.nephele.smo.api.port.MetricsSource#ownWindow()}
     */
    public void take(MetricQuery query, double value, Optional<Duration> ownWindow) {
        if (Double.isFinite(value) && value >= 0) {
            counted.computeIfAbsent(query, any -> history.observe(query, value, ownWindow, now));
        }
    }

    /** Empty when there is no data. */
    public OptionalDouble now(MetricQuery query) {
        Double value = counted.get(query);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** When it was measured last, or since when it has been asked for in vain. */
    public Instant measuredAt(MetricQuery query) {
        return history.measuredAt(query, now);
    }

    public LoadSeries past(MetricQuery query, Duration wanted) {
        return history.past(query, wanted, now);
    }
}
