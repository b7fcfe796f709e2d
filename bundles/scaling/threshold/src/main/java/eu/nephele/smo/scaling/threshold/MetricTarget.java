// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric and how much of it one replica is to have.
 *
 * @param metric request_rate, cpu_cores, memory_bytes, or another one that the metrics source or the query knows
 * @param query PromQL instead of the source's own
 * @param perReplica the metric's total divided by this is the number of replicas
 * @param utilisationPercent of what a replica can serve (request_rate), or asks for (cpu_cores, memory_bytes)
 */
public record MetricTarget(
        @Parameter(description = "name of the metric", defaultValue = "\"request_rate\"")
        String metric,

        @Parameter(description = "PromQL of the total over all replicas, with $service, $namespace, $window")
        Optional<String> query,

        @Parameter(description = "amount of the metric that one replica is to have", min = 1e-12)
        Optional<Double> perReplica,

        @Parameter(description = "per cent of what a replica serves by its profile, or asks for", min = 1, max = 100)
        Optional<Double> utilisationPercent) {

    private static final double PER_CENT = 100;
    private static final double MILLI = 1000;

    public MetricTarget {
        if (perReplica.isPresent() == utilisationPercent.isPresent()) {
            throw new IllegalArgumentException(
                    "metric %s needs either perReplica or utilisationPercent".formatted(metric));
        }
        if (utilisationPercent.isPresent() && (query.isPresent() || !hasCapacity(metric))) {
            throw new IllegalArgumentException(
                    "nobody knows how much of metric %s a replica can have: give perReplica instead of utilisationPercent"
                            .formatted(metric));
        }
    }

    private static boolean hasCapacity(String metric) {
        return metric.equals(MetricQuery.REQUEST_RATE)
                || metric.equals(MetricQuery.CPU_CORES)
                || metric.equals(MetricQuery.MEMORY_BYTES);
    }

    boolean isDemand() {
        return metric.equals(MetricQuery.REQUEST_RATE) && query.isEmpty();
    }

    ScalingMetric asked() {
        return new ScalingMetric(metric, query);
    }

    OptionalDouble now(ScalingTarget target) {
        OptionalDouble now =
                isDemand() ? target.demandPerSecond() : target.metric(asked()).now();
        return now.isPresent() && Double.isFinite(now.getAsDouble()) ? now : OptionalDouble.empty();
    }

    /** When it was measured last, or since when it has been asked for in vain. */
    Optional<Instant> measuredAt(ScalingTarget target) {
        return isDemand() ? target.measuredAt() : target.metric(asked()).measuredAt();
    }

    /** Its name, with the reason why what was read is no data where there is one. */
    String silent(ScalingTarget target) {
        return metric + target.metric(asked()).flaw().map(" (%s)"::formatted).orElse("");
    }

    LoadSeries history(ScalingTarget target) {
        return isDemand() ? target.history() : target.metric(asked()).history();
    }

    /** Replicas that have the target exactly, not rounded; NaN where the target has no meaning for this service. */
    double exactReplicas(ScalingTarget target, double total) {
        if (perReplica.isPresent()) {
            return total / perReplica.get();
        }
        double share = utilisationPercent.orElseThrow() / PER_CENT;
        if (isDemand()) {
            double alpha = target.profile().alpha();
            return alpha > 0 ? (total / share - target.profile().beta()) / alpha : Double.NaN;
        }
        double asked = metric.equals(MetricQuery.CPU_CORES)
                ? target.perReplica().cpuMillis() / MILLI
                : target.perReplica().memoryBytes();
        return asked > 0 ? total / (share * asked) : Double.NaN;
    }

    String text(double total) {
        return String.format(
                Locale.ROOT,
                "%s %s at a target of %s",
                metric,
                number(total),
                perReplica
                        .map(each -> number(each) + " per replica")
                        .orElseGet(() -> number(utilisationPercent.orElseThrow()) + " %"));
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
