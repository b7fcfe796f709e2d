// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.model.Parameter;
import java.time.Duration;
import java.util.Optional;

/**
 * Two thresholds of the mean CPU.
 *
 * @param up per cent at or above which there is a step more
 * @param down per cent at or below which there is a step less
 * @param stepReplicas size of a step
 * @param fullCores cores in use by one replica that are 100 %
 */
public record CpuThresholdParameters(
        @Parameter(description = "mean CPU in per cent, at or above: a step more", defaultValue = "75", min = 0.1)
        double up,

        @Parameter(
                description = "mean CPU in per cent, at or below and above 0: a step less",
                defaultValue = "25",
                min = 0)
        double down,

        @Parameter(description = "seconds after a change in which nothing is decided", defaultValue = "60", min = 0)
        int cooldownSeconds,

        @Parameter(description = "replicas of a step", defaultValue = "1", min = 1, max = 100)
        int stepReplicas,

        @Parameter(description = "cores of one replica that are 100 %; what it asks for when missing", min = 0.001)
        Optional<Double> fullCores) {

    public CpuThresholdParameters {
        if (!(down < up)) {
            throw new IllegalArgumentException(
                    "down=%s is not below up=%s: the replicas would go up and down".formatted(down, up));
        }
    }

    Duration cooldown() {
        return Duration.ofSeconds(cooldownSeconds);
    }
}
