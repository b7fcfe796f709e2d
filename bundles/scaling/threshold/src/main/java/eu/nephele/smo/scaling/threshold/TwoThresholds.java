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
        PartOfWhole part = PartOfWhole.decidedIn(target);
        double upper = part.amount(upPerSecond);
        int most = part.replicas(upReplicas);
        if (rate > upper && target.replicas() < most) {
            return DesiredReplicas.whole(target, most, "%s requests/s are above %s".formatted(rate, upper));
        }
        double lower = part.amount(downPerSecond);
        int least = part.replicas(downReplicas);
        if (rate < lower && target.replicas() > least) {
            return DesiredReplicas.whole(target, least, "%s requests/s are below %s".formatted(rate, lower));
        }
        return DesiredReplicas.whole(target, target.replicas(), "%s requests/s ask for no change".formatted(rate));
    }
}
