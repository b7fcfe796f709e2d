// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import java.util.Locale;

/**
 * How well forecasts of a quarter of an hour would have done in the last days, each made from what was known before it. They are relied on
 * when they err less than the present demand taken for the future's does, and than a forecast that knows of no time of day: demand without
 * a rhythm is followed by its present value as well as by any forecast.
 */
final class ForecastCheck {

    /** Below it a day cannot be told from chance. */
    static final double LEAST_DAYS = 2;

    private static final int EXAMINED_DAYS = 3;
    /** The least share of the other error that makes a difference. */
    private static final double WORTH = 0.9;

    private final QuarterSeries past;
    private final SeasonalModel model;
    private final int from;

    ForecastCheck(QuarterSeries past, SeasonalModel model) {
        this.past = past;
        this.model = model;
        this.from = Math.max(model.first() + 1, past.size() - EXAMINED_DAYS * past.binsPerDay());
    }

    Quality quality() {
        TimelessForecast timeless = new TimelessForecast(past, from);
        double[] sums = new double[3];
        int count = 0;
        for (int bin = from; bin < past.size(); bin++) {
            double value = past.values()[bin];
            double forecast = Math.abs(value - model.errors().oneAhead(bin));
            double reactive = Math.abs(value - past.values()[bin - 1]);
            double withoutTime = Math.abs(value - timeless.oneAhead(bin));
            if (!Double.isNaN(forecast + reactive + withoutTime)) {
                sums[0] += forecast;
                sums[1] += reactive;
                sums[2] += withoutTime;
                count++;
            }
        }
        return count < past.binsPerDay() / 2
                ? new Quality(
                        false, Double.NaN, Double.NaN, "too little of the last days is known to examine forecasts")
                : verdict(sums[0] / count, sums[1] / count, sums[2] / count);
    }

    private Quality verdict(double forecast, double reactive, double timeless) {
        boolean usable = forecast < WORTH * Math.min(reactive, timeless);
        String errors = String.format(
                Locale.ROOT,
                "forecasts of a quarter of an hour were off by %.3g/s on average, the demand before it by %.3g/s",
                forecast,
                reactive);
        String reason = usable
                ? errors
                : forecast < WORTH * reactive
                        ? String.format(Locale.ROOT, "%s, a forecast without a time of day by %.3g/s", errors, timeless)
                        : errors;
        return new Quality(usable, forecast, reactive, usable ? reason : "no rhythm that helps: " + reason);
    }
}
