// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * CPU that replicas of a service use, on average.
 *
 * @param percent of the cores that are 100 %; empty when nobody knows
 * @param silence for people: why nobody knows; "" when it is known
 */
record MeanCpu(OptionalDouble percent, String silence) {

    static final ScalingMetric CORES = ScalingMetric.named(MetricQuery.CPU_CORES);
    static final ScalingMetric READY = ScalingMetric.named(MetricQuery.READY_REPLICAS);

    private static final double PER_CENT = 100;
    private static final double MILLIS_PER_CORE = 1000;

    /** @param target any cluster of the service that has a part of it: of both metrics it has the same part */
    static MeanCpu measured(ScalingTarget target, Optional<Double> fullCores) {
        double full = fullCores.orElse(target.perReplica().cpuMillis() / MILLIS_PER_CORE);
        if (full <= 0) {
            return unknown("a replica asks for no cores, so nobody knows what 100 % are: give fullCores");
        }
        List<String> silent = Stream.of(CORES, READY)
                .flatMap(metric -> silence(metric, target.metric(metric)).stream())
                .toList();
        if (!silent.isEmpty()) {
            return unknown("no data about " + String.join(", ", silent));
        }
        double ready = value(target, READY);
        double percent = value(target, CORES) / ready / full * PER_CENT;
        return ready > 0 && Double.isFinite(percent)
                ? new MeanCpu(OptionalDouble.of(percent), "")
                : unknown("no replica is ready, so none is measured");
    }

    private static MeanCpu unknown(String silence) {
        return new MeanCpu(OptionalDouble.empty(), silence);
    }

    private static double value(ScalingTarget target, ScalingMetric metric) {
        return target.metric(metric).now().orElse(Double.NaN);
    }

    private static Optional<String> silence(ScalingMetric metric, MetricReading reading) {
        double now = reading.now().orElse(Double.NaN);
        return Double.isFinite(now) && now >= 0
                ? Optional.empty()
                : Optional.of(
                        metric.name() + reading.flaw().map(" (%s)"::formatted).orElse(""));
    }

    /** As {@code CPU 82.5 %}. */
    String text() {
        return "CPU " + percentage(percent.orElse(Double.NaN));
    }

    static String percentage(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f %%", value)
                : String.format(Locale.ROOT, "%.1f %%", value);
    }
}
