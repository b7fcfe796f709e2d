// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.predictivescaling;

import eu.nephele.smo.api.model.Parameter;
import java.time.Duration;

/**
 * Parameters of the strategy {@code h3ni.predictive}.
 *
 * @param period after which the load repeats itself
 * @param phases into how many parts a period is cut; of each part the past is looked at by itself
 * @param horizon how far ahead there must be enough replicas; as long as it takes until a replica is ready
 * @param quantile of the deviations from the usual load that the forecast is above, 0.5 to 1
 * @param minSamples measurements of one part of the period from which on it is believed
 */
public record PredictiveParameters(
        @Parameter(description = "after which the load repeats itself", defaultValue = "\"PT24H\"") Duration period,
        @Parameter(description = "parts of a period", defaultValue = "24", min = 1, max = 1440) int phases,
        @Parameter(description = "how far ahead there must be enough replicas", defaultValue = "\"PT10M\"")
                Duration horizon,
        @Parameter(description = "share of deviations that are covered", defaultValue = "0.9", min = 0.5, max = 1)
                double quantile,
        @Parameter(description = "measurements of a part before it is believed", defaultValue = "2", min = 1)
                int minSamples) {

    public PredictiveParameters {
        if (period.toSeconds() < phases || horizon.isNegative() || horizon.compareTo(period) >= 0) {
            throw new IllegalArgumentException(
                    "Expected a period of at least a second per phase and a horizon from 0 to less than the period, got %s, %s"
                            .formatted(period, horizon));
        }
    }
}
