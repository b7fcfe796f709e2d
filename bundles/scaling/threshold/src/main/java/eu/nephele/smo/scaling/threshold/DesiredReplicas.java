// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;

/**
 * Replicas requested by the thresholds, regardless of capacity.
 *
 * @param replicas desired number, within the bounds of the target unless it is kept
 * @param kept whether nothing is decided
 */
record DesiredReplicas(ScalingTarget target, int replicas, boolean kept, String reason) {

    static DesiredReplicas of(ScalingTarget target, ThresholdParameters parameters) {
        Duration cooldown = Duration.ofSeconds(parameters.cooldownSeconds());
        if (target.sinceLastChange().compareTo(cooldown) < 0) {
            return keep(
                    target,
                    "in cool-down for another %d s"
                            .formatted(cooldown.minus(target.sinceLastChange()).toSeconds()));
        }
        double rate = target.demandPerSecond().orElse(Double.NaN);
        return Double.isFinite(rate)
                ? decide(target, parameters, rate)
                : keep(target, "no data about the request rate");
    }

    boolean grows() {
        return replicas > target.replicas();
    }

    private static DesiredReplicas decide(ScalingTarget target, ThresholdParameters parameters, double rate) {
        if (rate > parameters.upPerSecond() && target.replicas() < parameters.upReplicas()) {
            return within(
                    target,
                    parameters.upReplicas(),
                    "%s requests/s are above %s".formatted(rate, parameters.upPerSecond()));
        }
        if (rate < parameters.downPerSecond() && target.replicas() > parameters.downReplicas()) {
            return within(
                    target,
                    parameters.downReplicas(),
                    "%s requests/s are below %s".formatted(rate, parameters.downPerSecond()));
        }
        return within(target, target.replicas(), "%s requests/s ask for no change".formatted(rate));
    }

    private static DesiredReplicas within(ScalingTarget target, int wanted, String reason) {
        int replicas = Math.max(target.minReplicas(), Math.min(wanted, target.maxReplicas()));
        String bounded = replicas == wanted
                ? reason
                : "%s; %d instead of %d replicas because of the bounds %d to %d"
                        .formatted(reason, replicas, wanted, target.minReplicas(), target.maxReplicas());
        return new DesiredReplicas(target, replicas, false, bounded);
    }

    private static DesiredReplicas keep(ScalingTarget target, String reason) {
        return new DesiredReplicas(target, target.replicas(), true, reason);
    }
}
