// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ServiceLoad;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The highest demand that the services of a request are expected to get soon: what they get now, what their own past says, and what
 * their callers will send them, through as many services as there are. Where services call each other in a circle, the way back does not
 * count.
 */
final class ExpectedDemand {

    private final ScalingRequest request;
    private final PredictiveParameters parameters;
    private final Instant now;
    private final Map<ForecastKey, ExpectedRate> known = new HashMap<>();

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
    }

    ExpectedRate rate(GraphId graph, String service) {
        return rate(new ForecastKey(graph, service), new HashSet<>());
    }

    /** Only what does not depend on an interrupted circle is remembered. */
    private ExpectedRate rate(ForecastKey service, Set<ForecastKey> onTheWay) {
        ExpectedRate before = known.get(service);
        if (before != null) {
            return before;
        }
        Optional<ServiceLoad> load = request.load(service.graph(), service.service());
        if (load.isEmpty() || !onTheWay.add(service)) {
            return ExpectedRate.UNKNOWN;
        }
        ExpectedRate expected = rate(load.get(), onTheWay);
        onTheWay.remove(service);
        if (onTheWay.isEmpty()) {
            known.put(service, expected);
        }
        return expected;
    }

    private ExpectedRate rate(ServiceLoad load, Set<ForecastKey> onTheWay) {
        ExpectedRate present = new ExpectedRate(load.demandPerSecond().orElse(Double.NaN), Cause.PRESENT, "");
        Optional<DemandForecast> forecast = load.forecast();
        if (forecast.isEmpty()) {
            return present;
        }
        ExpectedRate own = unusable(forecast, now, parameters)
                .map(reason -> ExpectedRate.UNKNOWN)
                .orElseGet(() -> new ExpectedRate(peak(forecast.get(), now), Cause.FORECAST, ""));
        ExpectedRate more = present.orMore(own);
        return parameters.links() ? more.orMore(sent(load.graph(), forecast.get(), onTheWay)) : more;
    }

    double peak(DemandForecast forecast, Instant from) {
        return forecast.peak(parameters.quantile(), from, from.plus(parameters.lookAhead()));
    }

    private ExpectedRate sent(GraphId graph, DemandForecast forecast, Set<ForecastKey> onTheWay) {
        double sum = 0;
        double most = 0;
        String caller = "";
        for (CallerShare share : forecast.callers()) {
            double each = share.requestsPerRequest()
                    * rate(new ForecastKey(graph, share.caller()), onTheWay).perSecond();
            if (each > 0) {
                sum += each;
                caller = each > most ? share.caller() : caller;
                most = Math.max(most, each);
            }
        }
        return sum > 0 && sum < Double.POSITIVE_INFINITY
                ? new ExpectedRate(sum, Cause.CALLERS, caller)
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
