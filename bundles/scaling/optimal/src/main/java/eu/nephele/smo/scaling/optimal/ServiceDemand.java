// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.Optional;

/**
 * A demand that all replicas of a service serve together: those of one target, or of its targets on several clusters. There requests
 * go to all replicas alike, so the sum of the replicas has to serve the sum of the demands.
 *
 * @param shares one for each cluster
 * @param needed replicas of all shares together
 */
record ServiceDemand(List<ReplicaVariable> shares, int needed) {

    private static final double SMALL_SHARE = 1e-6;

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
        return shares.stream().mapToInt(ReplicaVariable::present).toArray();
    }

    int[] leasts() {
        return shares.stream().mapToInt(ReplicaVariable::least).toArray();
    }

    int[] mosts() {
        return shares.stream().mapToInt(ReplicaVariable::most).toArray();
    }

    int[] presentsWithin() {
        return shares.stream().mapToInt(ReplicaVariable::presentWithin).toArray();
    }

    /** Returns the needed replicas without a cluster that gets more than at present; empty if that is not enough. */
    Optional<int[]> withoutGrowth() {
        int[] most = presents();
        for (int c = 0; c < most.length; c++) {
            most[c] = Math.min(most[c], shares.get(c).most());
        }
        return divide(needed, leasts(), most);
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
        double all = shares.stream().mapToDouble(ServiceDemand::demand).sum();
        double[] weights = shares.stream()
                .mapToDouble(share -> all > 0 ? Math.max(demand(share), all * SMALL_SHARE) : 1)
                .toArray();
        return ReplicaDivision.divide(replicas, weights, least, most);
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
