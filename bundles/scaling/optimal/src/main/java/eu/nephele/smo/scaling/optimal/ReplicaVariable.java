// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingTarget;

/**
 * A target whose replicas can be decided. Its cost of r replicas is {@code usePrice·r + changePrice·|r−present|}: convex, so that
 * the best number without a capacity is at one of three points.
 *
 * @param index position of the target in the request
 * @param least fewest replicas that serve the demand; of a service on several clusters the fewest that are allowed here
 * @param most most replicas within bounds
 * @param changePrice cost of one replica more or less than at present
 * @param use of its cluster
 * @param need use of each scarce resource by one replica, in the order of {@link CapacityUse}
 */
record ReplicaVariable(
        int index,
        ScalingTarget target,
        int least,
        int most,
        double usePrice,
        double changePrice,
        CapacityUse use,
        ReplicaNeed need) {

    /** Prices that differ by less are equal: rounding of the same amount must not look like a preference. */
    private static final double RELATIVE_TOLERANCE = 1e-12;

    int present() {
        return target.replicas();
    }

    /** Returns the present number of replicas, or the nearest one that is possible. */
    int presentWithin() {
        return Math.max(least, Math.min(present(), most));
    }

    boolean keepingPays() {
        return keepingPays(usePrice, changePrice);
    }

    /** Returns whether an idle replica costs less than its removal. */
    static boolean keepingPays(double usePrice, double changePrice) {
        return changePrice - usePrice > RELATIVE_TOLERANCE * changePrice;
    }

    /** Returns the cheapest number of replicas without a capacity limit; of several the smallest. */
    int cheapest() {
        return keepingPays() ? presentWithin() : least;
    }

    /** Returns the cost of one replica less, between {@link #least()} and {@link #cheapest()}. */
    double givingBackPrice() {
        return changePrice - usePrice;
    }

    double cost(int replicas) {
        return usePrice * replicas + changePrice * Math.abs(replicas - present());
    }

    void hold(int replicas) {
        use.hold(need, replicas);
    }

    void release(int replicas) {
        use.release(need, replicas);
    }
}
