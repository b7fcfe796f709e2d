// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** The targets of a service on several clusters as one target: what each of them has a part of is added up. */
final class SummedTarget {

    /** Parts add up to the whole but for errors of rounding, which would otherwise count as demand for one replica more. */
    private static final MathContext DIGITS = new MathContext(12);

    private static final double ROUNDING = 1e-9;

    private final List<ScalingTarget> parts;
    private final double portions;

    SummedTarget(List<ScalingTarget> parts) {
        this.parts = List.copyOf(parts);
        this.portions = parts.stream().mapToDouble(ScalingTarget::portion).sum();
    }

    /** Returns whether a replica is the same everywhere, and the same is known everywhere. */
    static boolean isPossible(List<ScalingTarget> parts) {
        ScalingTarget first = parts.get(0);
        return parts.stream().allMatch(part -> isAlike(first, part));
    }

    private static boolean isAlike(ScalingTarget one, ScalingTarget other) {
        return one.perReplica().equals(other.perReplica())
                && one.profile().alpha() == other.profile().alpha()
                && one.priority() == other.priority()
                && one.demandPerSecond().isPresent() == other.demandPerSecond().isPresent()
                && haveSameTimes(one.history(), other.history())
                && one.metrics().keySet().equals(other.metrics().keySet())
                && one.metrics().keySet().stream()
                        .allMatch(metric -> isAlike(one.metric(metric), other.metric(metric)));
    }

    private static boolean isAlike(MetricReading one, MetricReading other) {
        return one.now().isPresent() == other.now().isPresent() && haveSameTimes(one.history(), other.history());
    }

    private static boolean haveSameTimes(LoadSeries one, LoadSeries other) {
        return one.size() == other.size()
                && (one.size() == 0
                        || (one.at(0).equals(other.at(0)) && one.step().equals(other.step())));
    }

    ScalingTarget build() {
        ScalingTarget first = parts.get(0);
        return first.change()
                .replicas(total(ScalingTarget::replicas))
                .bounds(total(ScalingTarget::minReplicas), total(ScalingTarget::maxReplicas))
                .portion(Math.abs(portions - 1) < ROUNDING ? 1 : Math.min(1, portions))
                .profile(new ServiceProfile(
                        first.profile().alpha(), sum(part -> part.profile().beta())))
                .demand(sumOfKnown(ScalingTarget::demandPerSecond))
                .measuredAt(latest(ScalingTarget::measuredAt))
                .history(sumOfSeries(ScalingTarget::history))
                .metrics(metrics())
                .sinceLastChange(parts.stream()
                        .map(ScalingTarget::sinceLastChange)
                        .min(Comparator.naturalOrder())
                        .orElse(Duration.ZERO))
                .changes(parts.stream()
                        .flatMap(part -> part.changes().stream())
                        .sorted(Comparator.comparing(ReplicaChange::at))
                        .toList())
                .build();
    }

    private int total(ToIntFunction<ScalingTarget> number) {
        long total = parts.stream().mapToLong(number::applyAsInt).sum();
        return (int) Math.min(Integer.MAX_VALUE, total);
    }

    /** Without any replicas each cluster is told the whole: then the sum has it several times. */
    private double sum(ToDoubleFunction<ScalingTarget> value) {
        double sum = parts.stream().mapToDouble(value).sum() / Math.max(1, portions);
        return Double.isFinite(sum) ? new BigDecimal(sum).round(DIGITS).doubleValue() : sum;
    }

    private OptionalDouble sumOfKnown(Function<ScalingTarget, OptionalDouble> value) {
        return value.apply(parts.get(0)).isPresent()
                ? OptionalDouble.of(sum(part -> value.apply(part).orElse(Double.NaN)))
                : OptionalDouble.empty();
    }

    private LoadSeries sumOfSeries(Function<ScalingTarget, LoadSeries> series) {
        LoadSeries first = series.apply(parts.get(0));
        double[] values = new double[first.size()];
        for (int i = 0; i < values.length; i++) {
            int index = i;
            values[i] = sum(part -> series.apply(part).value(index));
        }
        return LoadSeries.of(first.at(0), first.step(), values);
    }

    private Map<ScalingMetric, MetricReading> metrics() {
        Map<ScalingMetric, MetricReading> metrics = new HashMap<>();
        for (ScalingMetric metric : parts.get(0).metrics().keySet()) {
            metrics.put(
                    metric,
                    new MetricReading(
                            sumOfKnown(part -> part.metric(metric).now()),
                            sumOfSeries(part -> part.metric(metric).history()),
                            latest(part -> part.metric(metric).measuredAt()),
                            parts.get(0).metric(metric).flaw()));
        }
        return metrics;
    }

    private Optional<Instant> latest(Function<ScalingTarget, Optional<Instant>> time) {
        return parts.stream().map(time).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
}
