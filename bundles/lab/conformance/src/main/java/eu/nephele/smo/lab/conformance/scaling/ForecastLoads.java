// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Forecasts of all kinds for the targets of a case: good ones, unusable ones, stale ones, none, of services that call each other. */
final class ForecastLoads {

    private static final Instant NOW = SimpleContext.unlimited().now();
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int POINTS = 13;
    private static final int KINDS = 5;

    private ForecastLoads() {}

    static ScalingCase added(ScalingCase scalingCase) {
        List<ScalingTarget> targets = scalingCase.request().targets();
        List<ServiceLoad> loads = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            String caller =
                    targets.get((i + targets.size() - 1) % targets.size()).service();
            if (known.add(target.graph() + "/" + target.service())) {
                loads.add(new ServiceLoad(
                        target.graph(),
                        target.service(),
                        target.demandPerSecond(),
                        forecast(target, i % KINDS, caller)));
            }
        }
        return new ScalingCase(
                scalingCase.origin() + ", with forecasts",
                ScalingRequest.of(targets, scalingCase.request().clusters(), loads));
    }

    private static Optional<DemandForecast> forecast(ScalingTarget target, int kind, String caller) {
        double demand = target.demandPerSecond().orElse(1);
        return switch (kind) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(forecast(NOW, demand, false, List.of()));
            case 2 -> Optional.of(forecast(NOW.minus(Duration.ofDays(1)), demand, true, List.of()));
            case 3 ->
                Optional.of(forecast(
                        NOW, demand, true, List.of(new CallerShare(caller, 2), new CallerShare(target.service(), 3))));
            default -> Optional.of(forecast(NOW, demand, true, List.of(new CallerShare("gone", 1))));
        };
    }

    private static DemandForecast forecast(Instant first, double demand, boolean usable, List<CallerShare> callers) {
        float[][] quantiles = new float[2][POINTS];
        for (int point = 0; point < POINTS; point++) {
            quantiles[0][point] = (float) (demand * (1 + point / 6.0));
            quantiles[1][point] = (float) (demand * (1.5 + point / 6.0));
        }
        return new DemandForecast(
                first,
                STEP,
                new double[] {0.5, 0.95},
                quantiles,
                new Quality(usable, 1, 2, "as made up by the kit"),
                callers);
    }
}
