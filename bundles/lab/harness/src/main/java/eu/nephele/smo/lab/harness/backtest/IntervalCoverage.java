// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.scaling.DemandForecast;
import java.time.Duration;
import java.time.Instant;

/** How often the minutes until the next forecast, and five more, were within the 90 % intervals of the forecasts that were relied on. */
final class IntervalCoverage {

    private static final double LOW = 0.05;
    private static final double HIGH = 0.95;
    private static final int MINUTES = 20;

    private final LoadShape shape;
    private long forecasts;
    private long reliedOn;
    private long minutes;
    private long covered;

    IntervalCoverage(LoadShape shape) {
        this.shape = shape;
    }

    void count(Instant now, DemandForecast forecast) {
        forecasts++;
        if (!forecast.quality().usable()) {
            return;
        }
        reliedOn++;
        int from = (int) Duration.between(shape.first(), now).toMinutes();
        for (int ahead = 1; ahead <= MINUTES; ahead++) {
            double demand = shape.minute(from + ahead - 1);
            Instant at = now.plus(Duration.ofMinutes(ahead));
            if (!Double.isNaN(demand)) {
                minutes++;
                covered += demand >= forecast.quantile(LOW, at) && demand <= forecast.quantile(HIGH, at) ? 1 : 0;
            }
        }
    }

    /** Share of minutes; NaN without forecasts that are relied on. */
    double share() {
        return (double) covered / minutes;
    }

    /** Share of forecasts that were relied on; NaN without any. */
    double relied() {
        return (double) reliedOn / forecasts;
    }
}
