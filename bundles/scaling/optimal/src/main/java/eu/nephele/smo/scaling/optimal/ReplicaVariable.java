// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.scaling.ScalingTarget;

/**
 * A target whose replicas can be decided. Its cost of r replicas is {@code usePrice·r + changePrice·|r−present|}: convex, so that
 * the best number without a capacity is at one of three points.
 *
 * @param index position of the target in the request
 * @param least fewest replicas that serve the demand
 * @param most most replicas within bounds
 * @param changePrice cost of one replica more or less than at present
 * @param need use of each scarce resource by one replica, in the order of {@link CapacityUse}
 */
record ReplicaVariable(
        int index, ScalingTarget target, int least, int most, double usePrice, double changePrice, ReplicaNeed need) {

    /** Prices that differ by less are equal: rounding of the same amount must not look like a preference. */
    private static final double RELATIVE_TOLERANCE = 1e-12;

    int present() {
        return target.replicas();
    }

    /** Returns the cheapest number of replicas without a capacity limit; of several the smallest. */
    int cheapest() {
        boolean keepingPays = changePrice - usePrice > RELATIVE_TOLERANCE * changePrice;
        return keepingPays ? Math.max(least, Math.min(present(), most)) : least;
    }

    /** Returns the cost of one replica less, between {@link #least()} and {@link #cheapest()}. */
    double givingBackPrice() {
        return changePrice - usePrice;
    }
}
