// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;

/** The best feasible assignment so far. Not thread-safe. */
final class Incumbent {

    private int[] at = {};
    private long[] key = {};

    boolean exists() {
        return key.length > 0;
    }

    /** Accepts the assignment if its objective vector is better, or equal and its clusters come first in name order. */
    void offer(int[] newAt, long[] newKey) {
        int order = exists() ? Arrays.compare(newKey, key) : -1;
        if (order < 0 || (order == 0 && Arrays.compare(newAt, at) < 0)) {
            at = newAt.clone();
            key = newKey.clone();
        }
    }

    /** Cluster by item; a copy. */
    int[] at() {
        return at.clone();
    }

    /** Objective vector; a copy. */
    long[] key() {
        return key.clone();
    }

    /** Returns whether no solution that costs at least this much improves on the incumbent. */
    boolean rulesOut(long[] lowerBound) {
        return exists() && Arrays.compare(lowerBound, key) >= 0;
    }
}
