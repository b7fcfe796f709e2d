// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.model.Parameter;
import java.time.Duration;

/**
 * Parameters of the strategy {@code h3ni.predictive}.
 *
 * @param period after which the load repeats itself
 * @param phases number of parts of a period; each part has a history of its own
 * @param horizon time ahead for which replicas must suffice; as long as a replica needs to become ready
 * @param quantile of the deviations from the usual load that the forecast is above, 0.5 to 1
 * @param minSamples measurements that one part of the period needs before it counts
 */
public record PredictiveParameters(
        @Parameter(description = "after which the load repeats itself", defaultValue = "\"PT24H\"") Duration period,
        @Parameter(description = "parts of a period", defaultValue = "24", min = 1, max = 1440) int phases,
        @Parameter(description = "time ahead for which replicas must suffice", defaultValue = "\"PT10M\"")
                Duration horizon,
        @Parameter(description = "share of deviations that are covered", defaultValue = "0.9", min = 0.5, max = 1)
                double quantile,
        @Parameter(description = "measurements that a part needs before it counts", defaultValue = "2", min = 1)
                int minSamples) {

    public PredictiveParameters {
        if (period.toSeconds() < phases || horizon.isNegative() || horizon.compareTo(period) >= 0) {
            throw new IllegalArgumentException(
                    "Expected a period of at least a second per phase and a horizon from 0 to less than the period, got %s, %s"
                            .formatted(period, horizon));
        }
    }
}
