// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingTarget;

/** The rule of the reference: above the upper threshold one number of replicas, below the lower one another. */
record TwoThresholds(double upPerSecond, double downPerSecond, int upReplicas, int downReplicas) {

    DesiredReplicas of(ScalingTarget target) {
        double rate = target.demandPerSecond().orElse(Double.NaN);
        if (!Double.isFinite(rate)) {
            return DesiredReplicas.keep(target, "no data about the request rate");
        }
        if (rate > upPerSecond && target.replicas() < upReplicas) {
            return DesiredReplicas.whole(target, upReplicas, "%s requests/s are above %s".formatted(rate, upPerSecond));
        }
        if (rate < downPerSecond && target.replicas() > downReplicas) {
            return DesiredReplicas.whole(
                    target, downReplicas, "%s requests/s are below %s".formatted(rate, downPerSecond));
        }
        return DesiredReplicas.whole(target, target.replicas(), "%s requests/s ask for no change".formatted(rate));
    }
}
