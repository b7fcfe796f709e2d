// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.scaling.ScalingTarget;

/**
 * Numbers of a whole service in proportion to the part of it that is decided: not all of its clusters need be part of a request.
 *
 * @param portion 0 to 1
 */
record PartOfWhole(double portion) {

    /** Of a part of a whole number. */
    private static final double ROUNDING = 1e-9;

    static PartOfWhole decidedIn(ScalingTarget target) {
        return new PartOfWhole(target.portion());
    }

    double amount(double whole) {
        return whole * portion;
    }

    /** Returns at least the part. */
    int replicas(int whole) {
        return (int) Math.ceil(whole * portion - ROUNDING);
    }

    /** Returns at most the part, but 1: a pace of nothing would be nothing for ever. */
    int pace(int whole) {
        return (int) Math.max(1, Math.floor(whole * portion + ROUNDING));
    }
}
