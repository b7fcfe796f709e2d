// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingInput;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** A recorded call of a scaling strategy in which one input has another value. */
final class VariedScaling {

    private final GraphId graph;
    private final ScalingSweep sweep;
    private final ScalingRequest recorded;
    private final JsonObject parameters;

    VariedScaling(GraphId graph, ScalingSweep sweep, ScalingRequest recorded, JsonObject parameters) {
        this.graph = graph;
        this.sweep = sweep;
        this.recorded = recorded;
        this.parameters = parameters;
    }

    JsonObject parameters(double value) {
        if (sweep.input() != ScalingInput.PARAMETER) {
            return parameters;
        }
        Map<String, JsonValue> changed = new LinkedHashMap<>(parameters.members());
        changed.put(sweep.parameter(), new JsonNumber(BigDecimal.valueOf(value)));
        return new JsonObject(changed);
    }

    ScalingRequest request(double value) {
        return switch (sweep.input()) {
            case PARAMETER -> recorded;
            case CAPACITY ->
                recorded.with(recorded.targets().stream()
                        .map(target -> varies(target.graph(), target.service()) ? stronger(target, value) : target)
                        .toList());
            case DEMAND ->
                ScalingRequest.of(
                        recorded.targets().stream()
                                .map(target ->
                                        varies(target.graph(), target.service()) ? busier(target, value) : target)
                                .toList(),
                        recorded.clusters(),
                        recorded.loads().stream()
                                .map(load -> varies(load.graph(), load.service()) ? busier(load, value) : load)
                                .toList());
        };
    }

    private boolean varies(GraphId of, String service) {
        return of.equals(graph) && sweep.service().map(service::equals).orElse(true);
    }

    private static ScalingTarget stronger(ScalingTarget target, double factor) {
        ServiceProfile profile = target.profile();
        return target.change()
                .profile(new ServiceProfile(profile.alpha() * factor, profile.beta() * factor))
                .build();
    }

    private static ScalingTarget busier(ScalingTarget target, double factor) {
        Map<ScalingMetric, MetricReading> metrics = new LinkedHashMap<>();
        target.metrics()
                .forEach((metric, read) -> metrics.put(
                        metric,
                        new MetricReading(
                                times(read.now(), factor),
                                read.history().times(factor),
                                read.measuredAt(),
                                read.flaw())));
        return target.change()
                .demand(times(target.demandPerSecond(), factor))
                .history(target.history().times(factor))
                .metrics(metrics)
                .build();
    }

    private static ServiceLoad busier(ServiceLoad load, double factor) {
        return new ServiceLoad(
                load.graph(),
                load.service(),
                times(load.demandPerSecond(), factor),
                load.forecast().map(forecast -> busier(forecast, factor)));
    }

    private static DemandForecast busier(DemandForecast forecast, double factor) {
        double[] levels = forecast.levels();
        float[][] quantiles = new float[levels.length][forecast.points()];
        for (int level = 0; level < levels.length; level++) {
            for (int point = 0; point < forecast.points(); point++) {
                quantiles[level][point] = (float) (forecast.value(level, point) * factor);
            }
        }
        return new DemandForecast(
                forecast.first(),
                forecast.step(),
                levels,
                quantiles,
                forecast.quality(),
                forecast.callers(),
                forecast.elsewhere() * factor);
    }

    private static OptionalDouble times(OptionalDouble value, double factor) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
    }
}
