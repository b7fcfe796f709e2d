// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ForecastRequest.ServiceHistory;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Histories of services of one graph, sampled from demand as a function of the hours since the time of the forecast. */
final class Histories {

    static final Instant NOW = SimpleContext.unlimited().now();
    static final GraphId GRAPH = new GraphId("demo", "g");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Histories() {}

    /** @param demand by hours, negative in the past */
    static ServiceHistory of(String service, double days, DoubleUnaryOperator demand, String... callers) {
        return new ServiceHistory(
                GRAPH,
                service,
                sampled(MINUTE, (int) Math.min(180, days * 1440), demand),
                sampled(QUARTER, (int) (days * 96), demand),
                List.of(callers));
    }

    static LoadSeries sampled(Duration step, int count, DoubleUnaryOperator demand) {
        double hours = step.toSeconds() / 3600.0;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double end = (i + 1 - count) * hours;
            for (int part = 0; part < 15; part++) {
                values[i] += demand.applyAsDouble(end - hours * (part + 0.5) / 15) / 15;
            }
        }
        return LoadSeries.of(NOW.minus(step.multipliedBy(count - 1L)), step, values);
    }

    static Optional<DemandForecast> forecast(ServiceHistory history) {
        return forecasts(history).get(0);
    }

    static List<Optional<DemandForecast>> forecasts(ServiceHistory... histories) {
        return new SeasonalForecaster()
                .forecast(ForecastRequest.of(List.of(histories), Duration.ofHours(1)), SimpleContext.unlimited());
    }
}
