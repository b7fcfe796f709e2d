// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import eu.nephele.smo.api.model.Parameter;
import eu.nephele.smo.api.scaling.ScalingWrapper.Base;
import java.time.Duration;
import java.util.Optional;

/** What the base strategy is asked instead of the present demand. */
public record PredictiveParameters(
        @Parameter(
                description =
                        "strategy that decides for the expected demand, with its parameters; the configured one when missing")
        Optional<Base> base,

        @Parameter(description = "whose forecasts count", defaultValue = "\"seasonal\"")
        String forecaster,

        @Parameter(
                description = "probability that demand stays below what replicas are made ready for",
                defaultValue = "0.8",
                min = 0.5,
                max = 0.99)
        double quantile,

        @Parameter(
                description =
                        "time ahead for which replicas suffice: until new ones are ready and demand is looked at again",
                defaultValue = "\"PT2M\"")
        Duration lookAhead,

        @Parameter(description = "whether the demand of callers counts, before it arrives", defaultValue = "true")
        boolean links) {

    private static final Duration MOST = Duration.ofHours(1);

    public PredictiveParameters {
        if (lookAhead.isNegative() || lookAhead.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("Expected a lookAhead of 0 to %s, got %s".formatted(MOST, lookAhead));
        }
    }
}
