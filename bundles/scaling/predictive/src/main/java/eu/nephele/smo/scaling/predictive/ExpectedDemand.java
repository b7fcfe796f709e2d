// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ServiceLoad;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The highest demand that the services of a request are expected to get soon: what they get now, what their own past says, and what
 * their callers will send them, through as many services as there are. Of services that call each other in a circle, each counts what the
 * others get without the circle: else demand would grow with each way round.
 */
final class ExpectedDemand {

    private final ScalingRequest request;
    private final PredictiveParameters parameters;
    private final Instant now;
    private final boolean present;
    private final CallerCircles<ForecastKey> circles;
    private final Map<Instant, ExpectedDemand> earlier = new HashMap<>();
    private final Map<ForecastKey, ExpectedRate> known = new HashMap<>();
    private final Map<ForecastKey, ExpectedRate> withoutCircle = new HashMap<>();

    private record ForecastKey(GraphId graph, String service) {}

    /** Why a number is expected. */
    enum Cause {
        PRESENT,
        FORECAST,
        CALLERS
    }

    /**
     * @param perSecond requests per second; NaN when nothing is known
     * @param cause what the number is from
     * @param caller the caller that sends most; empty unless it is from callers
     */
    record ExpectedRate(double perSecond, Cause cause, String caller) {

        private static final ExpectedRate UNKNOWN = new ExpectedRate(Double.NaN, Cause.PRESENT, "");

        private ExpectedRate orMore(ExpectedRate other) {
            return other.perSecond > perSecond || Double.isNaN(perSecond) ? other : this;
        }
    }

    ExpectedDemand(ScalingRequest request, PredictiveParameters parameters, Instant now) {
        this.request = request;
        this.parameters = parameters;
        this.now = now;
        this.present = true;
        this.circles = new CallerCircles<>(
                request.loads().stream()
                        .map(load -> new ForecastKey(load.graph(), load.service()))
                        .toList(),
                this::callers);
    }

    private ExpectedDemand(ExpectedDemand later, Instant at) {
        this.request = later.request;
        this.parameters = later.parameters;
        this.now = at;
        this.present = false;
        this.circles = later.circles;
    }

    /** What was expected at an earlier time, as far as the forecasts of now go back; the demand of that time does not count. */
    ExpectedDemand before(Instant at) {
        return earlier.computeIfAbsent(at, any -> new ExpectedDemand(this, at));
    }

    private List<ForecastKey> callers(ForecastKey service) {
        return load(service).flatMap(ServiceLoad::forecast).stream()
                .flatMap(forecast -> forecast.callers().stream())
                .map(share -> new ForecastKey(service.graph(), share.caller()))
                .toList();
    }

    private Optional<ServiceLoad> load(ForecastKey service) {
        return request.load(service.graph(), service.service());
    }

    ExpectedRate rate(GraphId graph, String service) {
        return rate(new ForecastKey(graph, service));
    }

    private ExpectedRate rate(ForecastKey service) {
        return remembered(
                known, service, caller -> circles.together(service, caller) ? withoutCircle(caller) : rate(caller));
    }

    private ExpectedRate withoutCircle(ForecastKey service) {
        return remembered(
                withoutCircle,
                service,
                caller -> circles.together(service, caller) ? ExpectedRate.UNKNOWN : rate(caller));
    }

    private ExpectedRate remembered(
            Map<ForecastKey, ExpectedRate> rates, ForecastKey service, Function<ForecastKey, ExpectedRate> callers) {
        ExpectedRate before = rates.get(service);
        if (before != null) {
            return before;
        }
        ExpectedRate expected = load(service).map(load -> rate(load, callers)).orElse(ExpectedRate.UNKNOWN);
        rates.put(service, expected);
        return expected;
    }

    private ExpectedRate rate(ServiceLoad load, Function<ForecastKey, ExpectedRate> callers) {
        ExpectedRate measured = present
                ? new ExpectedRate(load.demandPerSecond().orElse(Double.NaN), Cause.PRESENT, "")
                : ExpectedRate.UNKNOWN;
        Optional<DemandForecast> forecast = load.forecast();
        if (forecast.isEmpty()) {
            return measured;
        }
        ExpectedRate own = unusable(forecast, now, parameters)
                .map(reason -> ExpectedRate.UNKNOWN)
                .orElseGet(() -> new ExpectedRate(peak(forecast.get()), Cause.FORECAST, ""));
        ExpectedRate more = measured.orMore(own);
        return parameters.links() ? more.orMore(sent(load, forecast.get(), callers)) : more;
    }

    private double peak(DemandForecast forecast) {
        return forecast.peak(parameters.quantile(), now, now.plus(parameters.lookAhead()));
    }

    private static ExpectedRate sent(
            ServiceLoad load, DemandForecast forecast, Function<ForecastKey, ExpectedRate> callers) {
        double sum = 0;
        double most = 0;
        String caller = "";
        for (CallerShare share : forecast.callers()) {
            ForecastKey key = new ForecastKey(load.graph(), share.caller());
            // nobody is foreseen by himself
            double each = share.caller().equals(load.service())
                    ? Double.NaN
                    : share.requestsPerRequest() * callers.apply(key).perSecond();
            if (each > 0) {
                sum += each;
                caller = each > most ? share.caller() : caller;
                most = Math.max(most, each);
            }
        }
        double all = sum + forecast.elsewhere();
        return sum > 0 && all < Double.POSITIVE_INFINITY
                ? new ExpectedRate(all, Cause.CALLERS, caller)
                : ExpectedRate.UNKNOWN;
    }

    /** Why a forecast does not count; empty when it does. */
    static Optional<String> unusable(Optional<DemandForecast> forecast, Instant now, PredictiveParameters parameters) {
        if (forecast.isEmpty()) {
            return Optional.of("there is no forecast yet");
        }
        DemandForecast made = forecast.get();
        if (!made.quality().usable()) {
            return Optional.of(made.quality().reason());
        }
        if (now.plus(parameters.lookAhead()).isAfter(made.until())) {
            return Optional.of("the last forecast ends at " + made.until());
        }
        return now.isBefore(made.first().minus(made.step()))
                ? Optional.of("the last forecast begins only at " + made.first())
                : Optional.empty();
    }
}
