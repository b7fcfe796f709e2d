// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Target tracking on metrics; or, with the first four parameters, one number of replicas under load and one at rest.
 *
 * @param metrics what is tracked; the one that asks for the most replicas counts
 */
public record ThresholdParameters(
        @Parameter(description = "requests/s above which the service gets upReplicas", min = 0)
        Optional<Double> upPerSecond,

        @Parameter(description = "requests/s below which the service gets downReplicas", min = 0)
        Optional<Double> downPerSecond,

        @Parameter(description = "replicas under load", min = 0)
        Optional<Integer> upReplicas,

        @Parameter(description = "replicas at rest", min = 0)
        Optional<Integer> downReplicas,

        @Parameter(
                description = "seconds after a change in which nothing is decided; 60 with upReplicas, else 0",
                min = 0)
        Optional<Integer> cooldownSeconds,

        @Parameter(
                description = "metrics with their targets; the largest number of replicas counts",
                defaultValue = "[{\"metric\": \"request_rate\", \"utilisationPercent\": 80}]")
        List<MetricTarget> metrics,

        @Parameter(
                description = "deviation from the target in per cent that changes nothing",
                defaultValue = "10",
                min = 0,
                max = 100)
        double tolerancePercent,

        @Parameter(description = "limits of growing", defaultValue = "{}")
        ScaleRules scaleUp,

        @Parameter(description = "limits of shrinking", defaultValue = "{}")
        ScaleRules scaleDown,

        @Parameter(description = "what happens when nothing is measured for long")
        Optional<SafeNumber> noData) {

    /** @param replicas a number that is safe whatever the demand is */
    public record SafeNumber(
            @Parameter(description = "seconds without data after which it counts", min = 1)
            int afterSeconds,

            @Parameter(description = "replicas then", min = 0)
            int replicas) {}

    public ThresholdParameters {
        long given = Stream.of(upPerSecond, downPerSecond, upReplicas, downReplicas)
                .filter(Optional::isPresent)
                .count();
        if (given != 0 && given != 4) {
            throw new IllegalArgumentException(
                    "upPerSecond, downPerSecond, upReplicas and downReplicas go together: give all of them or none");
        }
        if (given == 4) {
            check(upPerSecond.get(), downPerSecond.get(), upReplicas.get(), downReplicas.get());
        } else if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics is empty: nothing would be tracked");
        }
    }

    private static void check(double up, double down, int upReplicas, int downReplicas) {
        if (!(down <= up)) {
            throw new IllegalArgumentException(
                    "downPerSecond=%s is above upPerSecond=%s: the replicas would go up and down".formatted(down, up));
        }
        if (downReplicas > upReplicas) {
            throw new IllegalArgumentException(
                    "downReplicas=%d is above upReplicas=%d".formatted(downReplicas, upReplicas));
        }
    }

    /** The two thresholds, when they are given. */
    Optional<TwoThresholds> thresholds() {
        return upPerSecond.map(up -> new TwoThresholds(
                up, downPerSecond.orElseThrow(), upReplicas.orElseThrow(), downReplicas.orElseThrow()));
    }

    int cooldown() {
        return cooldownSeconds.orElse(upReplicas.isPresent() ? 60 : 0);
    }
}
