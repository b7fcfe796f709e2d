// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.port.MetricQuery;
import java.util.Optional;

/**
 * Something measured of a service: the total over all its replicas, on all clusters.
 *
 * @param name as metrics sources know it, for example {@link MetricQuery#REQUEST_RATE}; with a query of its own any name
 * @param query PromQL template instead of the source's own for the name, with {@code $service}, {@code $namespace}, {@code $window}
 */
public record ScalingMetric(String name, Optional<String> query) {

    /** A metric that sources know by its name. */
    public static ScalingMetric named(String name) {
        return new ScalingMetric(name, Optional.empty());
    }
}
