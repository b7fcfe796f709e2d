// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingMetric;
import java.util.Locale;

/**
 * How replicas of a service follow what it uses.
 *
 * @param scaled whether a strategy changes its replicas
 * @param byCpu whether its use of CPU decides
 * @param byMemory whether its use of memory decides
 */
record ScalingDriver(boolean scaled, boolean byCpu, boolean byMemory) {

    static final ScalingDriver NONE = new ScalingDriver(false, false, false);

    /** @param inputs what the strategy wants to know */
    static ScalingDriver from(ScalingInputs inputs) {
        return new ScalingDriver(
                true,
                inputs.metrics().stream().anyMatch(metric -> measures(metric, MetricQuery.CPU_CORES, "cpu")),
                inputs.metrics().stream().anyMatch(metric -> measures(metric, MetricQuery.MEMORY_BYTES, "memory")));
    }

    /** A query of a descriptor may have any name; what it is about stands in the names of its series. */
    private static boolean measures(ScalingMetric metric, String name, String word) {
        return metric.name().equals(name)
                || metric.query()
                        .filter(query -> query.toLowerCase(Locale.ROOT).contains(word))
                        .isPresent();
    }

    boolean by(ComputeResource resource) {
        return resource == ComputeResource.CPU ? byCpu : byMemory;
    }
}
