// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Each hour of the day is as it was on earlier days. Replicas are the matter of scaling strategies, which find its forecasts. */
// docs: component
@Component(property = DemandForecaster.ID + "=h3ni.daily")
public final class DailyForecaster implements DemandForecaster {
    // docs: end

    private static final Duration STEP = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final double[] LEVELS = {0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

    // docs: forecast
    @Override
    public List<Optional<DemandForecast>> forecast(ForecastRequest request, DecisionContext context) {
        List<Optional<DemandForecast>> forecasts = new ArrayList<>();
        for (ServiceHistory history : request.services()) {
            UsualDay day = new UsualDay(history.seasons().points());
            boolean known = !context.shouldStop() && day.isKnown();
            forecasts.add(known ? Optional.of(forecast(history, day, request, context.now())) : Optional.empty());
        }
        return forecasts;
    }
    // docs: end

    private static DemandForecast forecast(
            ServiceHistory history, UsualDay day, ForecastRequest request, Instant now) {
        int points = (int) request.horizon().plus(STEP).minusMillis(1).dividedBy(STEP) + 1;
        float[][] quantiles = new float[LEVELS.length][points];
        for (int level = 0; level < LEVELS.length; level++) {
            for (int point = 0; point < points; point++) {
                quantiles[level][point] = (float) day.demand(now.plus(STEP.multipliedBy(point)), LEVELS[level]);
            }
        }
        return new DemandForecast(now, STEP, LEVELS, quantiles, quality(history.seasons().points()), List.of());
    }

    // docs: quality
    /** A strategy relies on a forecast only where, made a day ago, it would have erred less than demand that is taken to stay as it is. */
    private static Quality quality(List<LoadPoint> past) {
        Instant dayAgo = past.get(past.size() - 1).at().minus(DAY);
        List<LoadPoint> before =
                past.stream().filter(point -> !point.at().isAfter(dayAgo)).toList();
        UsualDay usual = new UsualDay(before);
        if (!usual.isKnown()) {
            return new Quality(false, Double.NaN, Double.NaN, "there are not two days to examine the last one with");
        }
        double ours = 0;
        double reactive = 0;
        for (int i = before.size(); i < past.size(); i++) {
            double demand = past.get(i).perSecond();
            ours += Math.abs(demand - usual.median(past.get(i).at()));
            reactive += Math.abs(demand - past.get(i - 1).perSecond());
        }
        int count = past.size() - before.size();
        String reason = String.format(
                Locale.ROOT,
                "the usual hour was off by %.2f/s on average, the quarter of an hour before by %.2f/s",
                ours / count,
                reactive / count);
        return new Quality(ours < reactive, ours / count, reactive / count, reason);
    }
    // docs: end
}
