// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a scaling strategy wants to know of its targets beside their present request rate. What nobody can tell stays empty.
 *
 * @param metrics further metrics, see {@link ScalingTarget#metric(ScalingMetric)}
 * @param history how far back the request rate and the metrics are wanted; 0 for the present alone
 * @param forecaster id of the forecaster whose forecasts are wanted, see {@link ScalingRequest#load}
 */
public record ScalingInputs(List<ScalingMetric> metrics, Duration history, Optional<String> forecaster) {

    /** The present request rate alone. */
    public static final ScalingInputs NONE = new ScalingInputs(List.of(), Duration.ZERO, Optional.empty());

    public ScalingInputs {
        metrics = List.copyOf(metrics);
        if (history.isNegative()) {
            throw new IllegalArgumentException("Expected a history of 0 or more, got " + history);
        }
    }

    /** Whatever one of both wants; the forecaster of this one where both name one. */
    public ScalingInputs and(ScalingInputs other) {
        return new ScalingInputs(
                Stream.concat(metrics.stream(), other.metrics.stream())
                        .distinct()
                        .toList(),
                history.compareTo(other.history) >= 0 ? history : other.history,
                forecaster.or(other::forecaster));
    }
}
