// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.ScalingMetric;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Values of CPU and memory that cannot be: as a rule the metric is in another unit. */
final class ImplausibleValues {

    /** More than this multiple of what is asked for is never used. */
    private static final double MOST_TIMES = 50;
    /** Least memory of a running replica, in bytes. */
    private static final double LEAST_BYTES = 64 * 1024;

    private static final double MILLIS_PER_CORE = 1_000;
    private static final String CORES = "is it in another unit? cpu_cores is in cores, not in millicores";
    private static final String BYTES = "is it in another unit? memory_bytes is in bytes, not in KiB, MiB or GiB";

    private final Function<ClusterId, Optional<ClusterState>> clusters;

    /** @param clusters as they were reported last; empty for one that nobody lists */
    ImplausibleValues(Function<ClusterId, Optional<ClusterState>> clusters) {
        this.clusters = clusters;
    }

    /** Why the value of a whole service cannot be, for people; empty when it can, or is none. */
    Optional<String> flaw(ScalingPlan.ScaledService service, ScalingMetric metric, double value) {
        return switch (metric.name()) {
            case MetricQuery.CPU_CORES -> cores(service, value);
            case MetricQuery.MEMORY_BYTES -> bytes(service, value);
            default -> Optional.empty();
        };
    }

    private Optional<String> cores(ScalingPlan.ScaledService service, double value) {
        double asked = service.needs().perReplica().cpuMillis() / MILLIS_PER_CORE;
        double there = allocatableMillis(service) / MILLIS_PER_CORE;
        return tooMuch(service, asked, value, CORES)
                .or(() -> value > there
                        ? text("%.4g is more than all %.4g cores of its clusters; %s", value, there, CORES)
                        : Optional.empty());
    }

    private static Optional<String> bytes(ScalingPlan.ScaledService service, double value) {
        double least = LEAST_BYTES * replicas(service);
        return value > 0 && value < least
                ? text("%.4g bytes are less than %d replicas can run in; %s", value, replicas(service), BYTES)
                : tooMuch(service, (double) service.needs().perReplica().memoryBytes(), value, BYTES);
    }

    private static Optional<String> tooMuch(
            ScalingPlan.ScaledService service, double asked, double value, String question) {
        return asked > 0 && value > MOST_TIMES * replicas(service) * asked
                ? text("%.4g is more than %.0f times what is asked for; %s", value, MOST_TIMES, question)
                : Optional.empty();
    }

    /** Infinite when the size of one of its clusters is not known. */
    private double allocatableMillis(ScalingPlan.ScaledService service) {
        double all = 0;
        for (Share share : service.shares()) {
            all += clusters.apply(share.cluster())
                    .map(ClusterState::allocatable)
                    .map(Resources::cpuMillis)
                    .map(Long::doubleValue)
                    .orElse(Double.POSITIVE_INFINITY);
        }
        return all > 0 ? all : Double.POSITIVE_INFINITY;
    }

    private static int replicas(ScalingPlan.ScaledService service) {
        return Math.max(1, service.totalReplicas());
    }

    private static Optional<String> text(String format, Object... values) {
        return Optional.of(String.format(Locale.ROOT, format, values));
    }
}
