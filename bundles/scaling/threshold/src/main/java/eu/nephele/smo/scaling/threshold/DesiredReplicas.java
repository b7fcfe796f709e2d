// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Replicas that a rule asks for, regardless of capacity.
 *
 * @param replicas desired number, within the bounds of the target unless it is kept
 * @param least number at which less than desired is still worth having: fewer replicas than this are refused
 * @param kept whether nothing is decided
 * @param unmet demand above the upper bound, for people
 */
record DesiredReplicas(
        ScalingTarget target, int replicas, int least, boolean kept, String reason, Optional<Unmet> unmet) {

    static DesiredReplicas keep(ScalingTarget target, String reason) {
        return new DesiredReplicas(target, target.replicas(), target.replicas(), true, reason, Optional.empty());
    }

    /** All of them or none. */
    static DesiredReplicas whole(ScalingTarget target, int wanted, String reason) {
        int replicas = within(target, wanted);
        return new DesiredReplicas(
                target, replicas, replicas, false, bounded(target, replicas, wanted, reason), Optional.empty());
    }

    /**
     * As many of them as there is room for.
     *
     * @param wanted replicas now
     * @param needed replicas for the present demand
     */
    static DesiredReplicas asMuchAsPossible(ScalingTarget target, int wanted, int needed, String reason) {
        int replicas = within(target, wanted);
        Optional<Unmet> unmet =
                needed > target.maxReplicas() ? Optional.of(aboveMaximum(target, needed)) : Optional.empty();
        return new DesiredReplicas(
                target,
                replicas,
                Math.min(replicas, Math.max(target.replicas(), target.minReplicas())),
                false,
                bounded(target, replicas, wanted, reason),
                unmet);
    }

    /**
     * The part of one cluster.
     *
     * @param share replicas there, within the bounds of the target
     * @param neededHere the part of a number of replicas that the whole needs
     */
    DesiredReplicas part(ScalingTarget here, int share, IntUnaryOperator neededHere) {
        Optional<Unmet> missing = unmet.map(all -> neededHere.applyAsInt(all.needed()))
                .filter(needed -> needed > here.maxReplicas())
                .map(needed -> aboveMaximum(here, needed));
        boolean allOrNone = least == replicas;
        return new DesiredReplicas(
                here,
                share,
                allOrNone ? share : Math.min(share, Math.max(here.replicas(), here.minReplicas())),
                false,
                "%s; %d of %d replicas here".formatted(reason, share, replicas),
                missing);
    }

    private static Unmet aboveMaximum(ScalingTarget target, int needed) {
        return new Unmet(needed, "needs %d replicas, the maximum is %d".formatted(needed, target.maxReplicas()));
    }

    private static int within(ScalingTarget target, int wanted) {
        return Math.max(target.minReplicas(), Math.min(wanted, target.maxReplicas()));
    }

    private static String bounded(ScalingTarget target, int replicas, int wanted, String reason) {
        return replicas == wanted
                ? reason
                : "%s; %d instead of %d replicas because of the bounds %d to %d"
                        .formatted(reason, replicas, wanted, target.minReplicas(), target.maxReplicas());
    }

    boolean grows() {
        return replicas > target.replicas();
    }
}
