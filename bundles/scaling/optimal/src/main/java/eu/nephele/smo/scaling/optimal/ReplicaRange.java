// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.OptionalInt;

/** Numbers of replicas that serve the demand of one target within its bounds, regardless of capacity. */
sealed interface ReplicaRange {

    /** Every number from {@code least} to {@code most} does. */
    record Between(int least, int most) implements ReplicaRange {}

    record NoData(String reason) implements ReplicaRange {}

    /** No number within the bounds does, and none of them is nearer to it than another. */
    record Unreachable(String reason) implements ReplicaRange {}

    /**
     * All that the bounds allow do not serve it.
     *
     * @param needed more than {@code most}
     */
    record AboveMaximum(int most, int needed, String reason) implements ReplicaRange {

        Unmet unmet() {
            return new Unmet(needed, reason);
        }
    }

    /** Measured rates are no more exact than this; without it 2.1 requests/s need four replicas of 0.7 each. */
    double RELATIVE_TOLERANCE = 1e-9;

    int THOUSAND = 1000;

    /**
     * @param atLeast lower bound beside the target's own
     * @param utilization share of what the replicas serve that is planned for, more than 0, at most 1
     */
    static ReplicaRange of(ScalingTarget target, int atLeast, double utilization) {
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
        double lacking = demand / utilization - profile.beta() - RELATIVE_TOLERANCE * Math.max(1, Math.abs(demand));
        return profile.alpha() > 0
                ? growing(target, min, lacking / profile.alpha())
                : notGrowing(target, min, lacking, profile.alpha());
    }

    private static ReplicaRange growing(ScalingTarget target, int min, double needed) {
        if (needed > target.maxReplicas()) {
            return new AboveMaximum(
                    target.maxReplicas(),
                    (int) Math.min(Integer.MAX_VALUE, Math.ceil(needed)),
                    "%s needs %.0f replicas, the maximum is %d"
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

    /**
     * Returns the replicas that serve the demands of the targets of a service together, at least their minima; empty if that is not
     * known, or if their replicas are not alike.
     */
    static OptionalInt neededTogether(List<ScalingTarget> targets, double utilization) {
        double alpha = targets.get(0).profile().alpha();
        double demand = 0;
        double lacking = 0;
        long least = 0;
        for (ScalingTarget target : targets) {
            double here = target.demandPerSecond().orElse(Double.NaN);
            demand += here;
            lacking += here / utilization - target.profile().beta();
            least += target.minReplicas();
            if (target.profile().alpha() != alpha) {
                return OptionalInt.empty();
            }
        }
        double needed = (lacking - RELATIVE_TOLERANCE * Math.max(1, Math.abs(demand))) / alpha;
        boolean known = Double.isFinite(needed) && alpha > 0;
        long replicas = Math.max(least, (long) Math.ceil(needed));
        return known && replicas <= Integer.MAX_VALUE ? OptionalInt.of((int) replicas) : OptionalInt.empty();
    }

    static String demandText(ScalingTarget target) {
        return demandText(target.demandPerSecond().orElse(Double.NaN));
    }

    static String demandText(double demand) {
        return appendDemand(demand, new StringBuilder()).toString();
    }

    /** Appends what {@link #demandText} has, digit by digit: formatting would take longer than the decision. */
    static StringBuilder appendDemand(double demand, StringBuilder text) {
        text.append("a demand of ");
        double thousandths = Math.rint(demand * THOUSAND);
        if (Math.abs(thousandths) < Integer.MAX_VALUE) {
            appendDecimal((int) thousandths, text);
        } else {
            text.append(demand);
        }
        return text.append(" requests/s");
    }

    private static void appendDecimal(int thousandths, StringBuilder text) {
        int rest = Math.abs(thousandths % THOUSAND);
        text.append(thousandths < 0 && thousandths > -THOUSAND ? "-" : "").append(thousandths / THOUSAND);
        if (rest > 0) {
            text.append('.').append((char) ('0' + rest / 100));
        }
        if (rest % 100 > 0) {
            text.append((char) ('0' + rest / 10 % 10));
        }
        if (rest % 10 > 0) {
            text.append((char) ('0' + rest % 10));
        }
    }
}
