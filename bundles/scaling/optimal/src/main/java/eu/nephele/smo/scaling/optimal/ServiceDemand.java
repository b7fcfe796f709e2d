// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * A demand that all replicas of a service serve together: those of one target, or of its targets on several clusters. There requests
 * go to all replicas alike, so the sum of the replicas has to serve the sum of the demands.
 *
 * @param shares one for each cluster
 * @param needed replicas of all shares together
 */
record ServiceDemand(List<ReplicaVariable> shares, int needed) {

    private static final double SMALL_SHARE = 1e-6;

    /** Of a part of a whole number. */
    private static final double ROUNDING = 1e-9;

    ServiceDemand {
        shares = List.copyOf(shares);
    }

    boolean isShared() {
        return shares.size() > 1;
    }

    ScalingTarget target() {
        return shares.get(0).target();
    }

    int index() {
        return shares.get(0).index();
    }

    int priority() {
        return target().priority();
    }

    int growth() {
        return needed - sum(presents());
    }

    int[] presents() {
        return each(ReplicaVariable::present);
    }

    /** The present replicas, on each cluster at most its maximum. */
    int[] presentsAllowed() {
        return each(share -> Math.min(share.present(), share.most()));
    }

    int[] leasts() {
        return each(ReplicaVariable::least);
    }

    /** The fewest that are allowed, whether they serve or not. */
    int[] minima() {
        return each(share -> share.target().minReplicas());
    }

    int[] mosts() {
        return each(ReplicaVariable::most);
    }

    int[] presentsWithin() {
        return each(ReplicaVariable::presentWithin);
    }

    /** Returns the part of the need that comes to a cluster, rounded up. */
    int neededOf(int c) {
        if (!isShared()) {
            return needed;
        }
        double[] weights = weights();
        return (int) Math.ceil(needed * weights[c] / Arrays.stream(weights).sum() - ROUNDING);
    }

    /** Returns a demand for no more than so many replicas. */
    ServiceDemand upTo(int replicas) {
        return replicas >= needed ? this : new ServiceDemand(shares, replicas);
    }

    /** Returns whether the needed replicas would not fit even if nothing else did run. */
    boolean isTooLarge() {
        return isShared() ? roomAlone() < needed : tooSmallAlone().isPresent();
    }

    private long roomAlone() {
        return shares.stream()
                .mapToLong(share -> share.use().roomAlone(share.need(), share.most()))
                .sum();
    }

    /** Returns a resource of which a cluster has too little even for this demand alone; empty for one on several clusters. */
    Optional<CapacityRow> tooSmallAlone() {
        ReplicaVariable first = shares.get(0);
        OptionalInt row = isShared() ? OptionalInt.empty() : first.use().tooSmallFor(first.need(), needed);
        return row.isPresent() ? Optional.of(new CapacityRow(first.use(), row.getAsInt())) : Optional.empty();
    }

    /** Returns the needed replicas without a cluster that gets more than at present; empty if that is not enough. */
    Optional<int[]> withoutGrowth() {
        return divide(needed, leasts(), presentsAllowed());
    }

    /** Returns the needed replicas regardless of capacity. */
    int[] anyNeeded() {
        return divide(needed, leasts(), mosts()).orElseGet(this::mosts);
    }

    /** Returns so many replicas in proportion to the demands, as far as the bounds allow; empty if they exclude it. */
    Optional<int[]> divide(int replicas, int[] least, int[] most) {
        if (!isShared()) {
            return least[0] <= replicas && replicas <= most[0] ? Optional.of(new int[] {replicas}) : Optional.empty();
        }
        return ReplicaDivision.divide(replicas, weights(), least, most);
    }

    /** In proportion to the demands, more than 0. */
    private double[] weights() {
        double all = shares.stream().mapToDouble(ServiceDemand::demand).sum();
        return shares.stream()
                .mapToDouble(share -> all > 0 ? Math.max(demand(share), all * SMALL_SHARE) : 1)
                .toArray();
    }

    /** Returns the cheapest replicas without a capacity limit. */
    int[] cheapest() {
        if (!isShared()) {
            return new int[] {shares.get(0).cheapest()};
        }
        int[] present = presentsWithin();
        int total = shares.get(0).keepingPays() ? Math.max(needed, sum(present)) : needed;
        return total >= sum(present)
                ? divide(total, present, mosts()).orElse(present)
                : divide(total, leasts(), present).orElse(present);
    }

    double cost(int... replicas) {
        double cost = 0;
        for (int c = 0; c < replicas.length; c++) {
            cost += shares.get(c).cost(replicas[c]);
        }
        return cost;
    }

    void hold(int... replicas) {
        for (int c = 0; c < replicas.length; c++) {
            shares.get(c).hold(replicas[c]);
        }
    }

    void release(int... replicas) {
        for (int c = 0; c < replicas.length; c++) {
            shares.get(c).release(replicas[c]);
        }
    }

    /** No stream: most services have one share, and are asked again and again. */
    private int[] each(ToIntFunction<ReplicaVariable> number) {
        int[] each = new int[shares.size()];
        for (int c = 0; c < each.length; c++) {
            each[c] = number.applyAsInt(shares.get(c));
        }
        return each;
    }

    private static double demand(ReplicaVariable share) {
        return Math.max(0, share.target().demandPerSecond().orElse(0));
    }

    static int sum(int... replicas) {
        int sum = 0;
        for (int each : replicas) {
            sum = Math.addExact(sum, each);
        }
        return sum;
    }
}
