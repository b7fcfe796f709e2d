// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;

/** The best feasible assignment so far. Not thread-safe. */
public final class Incumbent {

    private int[] at = {};
    private long[] vector = {};

    public boolean exists() {
        return vector.length > 0;
    }

    /**
     * Accepts the assignment, which is feasible, if its objective vector is better, or equal and its clusters come first in name order.
     */
    public void offer(int[] newAt, long[] newVector) {
        int order = exists() ? Arrays.compare(newVector, vector) : -1;
        if (order < 0 || (order == 0 && Arrays.compare(newAt, at) < 0)) {
            at = newAt.clone();
            vector = newVector.clone();
        }
    }

    /** Cluster by item; a copy. */
    public int[] at() {
        return at.clone();
    }

    /** Objective vector; a copy, empty if there is none. */
    public long[] vector() {
        return vector.clone();
    }

    /** Returns whether no solution that costs at least this much improves on the incumbent. */
    boolean rulesOut(long[] lowerBound) {
        return exists() && Arrays.compare(lowerBound, vector) >= 0;
    }

    /** Returns its cost of that level; the greatest number while none exists. */
    long cost(int level) {
        return exists() ? vector[level] : Long.MAX_VALUE;
    }
}
