// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.Parameter;

/** The two thresholds and the replicas at each. */
public record ThresholdParameters(
        @Parameter(description = "requests/s above which the service gets upReplicas", min = 0)
        double upPerSecond,

        @Parameter(description = "requests/s below which the service gets downReplicas", min = 0)
        double downPerSecond,

        @Parameter(description = "replicas under load", min = 0)
        int upReplicas,

        @Parameter(description = "replicas at rest", min = 0)
        int downReplicas,

        @Parameter(description = "seconds after a change in which nothing is decided", defaultValue = "60", min = 0)
        int cooldownSeconds) {

    public ThresholdParameters {
        if (!(downPerSecond <= upPerSecond)) {
            throw new IllegalArgumentException(
                    "downPerSecond=%s is above upPerSecond=%s: the replicas would go up and down"
                            .formatted(downPerSecond, upPerSecond));
        }
        if (downReplicas > upReplicas) {
            throw new IllegalArgumentException(
                    "downReplicas=%d is above upReplicas=%d".formatted(downReplicas, upReplicas));
        }
    }
}
