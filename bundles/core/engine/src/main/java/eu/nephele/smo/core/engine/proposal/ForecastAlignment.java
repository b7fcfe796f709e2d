// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a forecast begin now, whatever its source delivers: strategies and objectives know no clock, and take its first
 * point for the present. To the minute, so that decisions of one minute see the same problem.
 */
final class ForecastAlignment {

    private ForecastAlignment() {}

    /** Cuts off the past; the present value precedes a forecast that begins later. */
    static ClusterSignals fromNow(ClusterSignals signals, Instant now) {
        Instant begin = now.truncatedTo(ChronoUnit.MINUTES);
        List<ForecastPoint> points = new ArrayList<>();
        for (int i = 0; i < signals.forecast().size(); i++) {
            ForecastPoint point = signals.forecast().get(i);
            boolean over = i + 1 < signals.forecast().size()
                    && !signals.forecast().get(i + 1).from().isAfter(begin);
            if (!over) {
                points.add(point.from().isBefore(begin) ? new ForecastPoint(begin, point.carbonGramsPerKwh()) : point);
            }
        }
        boolean late = !points.isEmpty() && points.get(0).from().isAfter(begin.plus(1, ChronoUnit.MINUTES));
        if (late && signals.carbonGramsPerKwh().isPresent()) {
            points.add(0, new ForecastPoint(begin, signals.carbonGramsPerKwh().getAsDouble()));
        }
        return new ClusterSignals(
                signals.carbonGramsPerKwh(), signals.renewableShare(), signals.pricePerCpuHour(), points);
    }
}
