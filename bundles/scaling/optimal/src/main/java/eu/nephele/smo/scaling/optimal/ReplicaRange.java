// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingTarget;

/** Numbers of replicas that serve the demand of one target within its bounds, regardless of capacity. */
sealed interface ReplicaRange {

    /** Every number from {@code least} to {@code most} does. */
    record Between(int least, int most) implements ReplicaRange {}

    record NoData(String reason) implements ReplicaRange {}

    /** No number within the bounds does. */
    record Unreachable(String reason) implements ReplicaRange {}

    /** Measured rates are no more exact than this; without it 2.1 requests/s need four replicas of 0.7 each. */
    double RELATIVE_TOLERANCE = 1e-9;

    /** @param atLeast lower bound beside the target's own */
    static ReplicaRange of(ScalingTarget target, int atLeast) {
        double demand = target.demandPerSecond().orElse(Double.NaN);
        ServiceProfile profile = target.profile();
        if (!Double.isFinite(demand)) {
            return new NoData("no data about the demand");
        }
        if (!Double.isFinite(profile.alpha()) || !Double.isFinite(profile.beta())) {
            return new NoData("the profile alpha=%s beta=%s is not usable, expected finite numbers"
                    .formatted(profile.alpha(), profile.beta()));
        }
        int min = Math.max(atLeast, target.minReplicas());
        int max = target.maxReplicas();
        if (min > max) {
            return new Unreachable("at least %d replicas are needed, the maximum is %d".formatted(min, max));
        }
        double lacking = demand - profile.beta() - RELATIVE_TOLERANCE * Math.max(1, Math.abs(demand));
        return profile.alpha() > 0
                ? growing(target, min, lacking / profile.alpha())
                : notGrowing(target, min, lacking, profile.alpha());
    }

    private static ReplicaRange growing(ScalingTarget target, int min, double needed) {
        if (needed > target.maxReplicas()) {
            return new Unreachable("%s needs %.0f replicas, the maximum is %d"
                    .formatted(demandText(target), Math.ceil(needed), target.maxReplicas()));
        }
        return new Between(Math.max(min, (int) Math.ceil(needed)), target.maxReplicas());
    }

    /** For profiles whose replicas add nothing, or even reduce: the service without them is the maximum. */
    private static ReplicaRange notGrowing(ScalingTarget target, int min, double lacking, double alpha) {
        double most = lacking > 0 ? -1 : alpha == 0 ? target.maxReplicas() : Math.floor(lacking / alpha);
        if (most < min) {
            return new Unreachable("%s cannot be served: by the profile alpha=%s more replicas do not serve more"
                    .formatted(demandText(target), alpha));
        }
        return new Between(min, (int) Math.min(target.maxReplicas(), most));
    }

    static String demandText(ScalingTarget target) {
        double demand = target.demandPerSecond().orElse(Double.NaN);
        double rounded = Math.rint(demand * 1000) / 1000;
        boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < Integer.MAX_VALUE;
        return "a demand of " + (whole ? Long.toString((long) rounded) : Double.toString(rounded)) + " requests/s";
    }
}
