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
                        "time ahead for which replicas suffice: until new ones are ready and demand is looked at again; at most PT15M, as forecasts reach no further",
                defaultValue = "\"PT2M\"")
        Duration lookAhead,

        @Parameter(description = "whether the demand of callers counts, before it arrives", defaultValue = "true")
        boolean links) {

    /** As far as a forecast reaches at any time before the next one is made. */
    private static final Duration MOST = Duration.ofMinutes(15);

    public PredictiveParameters {
        if (lookAhead.isNegative() || lookAhead.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "lookAhead=%2$s, expected PT0S to %1$s: forecasts reach no further".formatted(MOST, lookAhead));
        }
    }
}
