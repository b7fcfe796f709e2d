// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Demand by level, trend, and the rhythm of days and weeks, with empirical quantiles. */
@Component(property = DemandForecaster.ID + "=seasonal")
public final class SeasonalForecaster implements DemandForecaster {

    private record ForecastKey(GraphId graph, String service) {}

    @Override
    public List<Optional<DemandForecast>> forecast(ForecastRequest request, DecisionContext context) {
        Map<ForecastKey, ServiceHistory> byService = new HashMap<>();
        request.services().forEach(each -> byService.put(new ForecastKey(each.graph(), each.service()), each));
        ForecastPoints points = ForecastPoints.upTo(context.now(), request.horizon());
        List<Optional<DemandForecast>> forecasts = new ArrayList<>();
        for (ServiceHistory history : request.services()) {
            forecasts.add(context.shouldStop() ? Optional.empty() : forecast(history, byService, points));
        }
        return forecasts;
    }

    private static Optional<DemandForecast> forecast(
            ServiceHistory history, Map<ForecastKey, ServiceHistory> byService, ForecastPoints points) {
        List<ServiceHistory> callers = history.callers().stream()
                .filter(caller -> !caller.equals(history.service()))
                .flatMap(
                        caller -> Optional.ofNullable(byService.get(new ForecastKey(history.graph(), caller))).stream())
                .toList();
        CallerDemand shares = CallerShares.of(history, callers);
        QuarterSeries past = QuarterSeries.of(history.seasons());
        return covers(past, points)
                ? Optional.of(seasonal(history, past, points, shares))
                : RecentForecast.of(history.recent())
                        .map(recent -> points.fill(seconds -> recent::quantile, tooLittle(past), shares));
    }

    private static DemandForecast seasonal(
            ServiceHistory history, QuarterSeries past, ForecastPoints points, CallerDemand shares) {
        SeasonalModel model =
                new SeasonalModel(past, history.recent(), points.from().getEpochSecond(), points.horizonSeconds());
        return points.fill(model::quantiles, new ForecastCheck(past, model).quality(), shares);
    }

    /** Whether a rhythm can be seen, and goes on up to the points. */
    private static boolean covers(QuarterSeries past, ForecastPoints points) {
        Instant end = Instant.ofEpochSecond(past.endSeconds());
        Instant last = points.from().plus(points.step().multipliedBy(points.count()));
        return past.days() >= ForecastCheck.LEAST_DAYS
                && past.size() >= ForecastCheck.LEAST_DAYS * past.binsPerDay()
                && last.isBefore(end.plusSeconds((long) (past.binSeconds() * (past.binsPerDay() - 2))));
    }

    private static Quality tooLittle(QuarterSeries past) {
        String reason = past.days() < ForecastCheck.LEAST_DAYS
                ? String.format(
                        Locale.ROOT,
                        "too little history: %.1f hours are known, the rhythm of a day needs %.0f days",
                        24 * past.days(),
                        ForecastCheck.LEAST_DAYS)
                : "the history ends too long ago";
        return new Quality(false, Double.NaN, Double.NaN, reason);
    }
}
