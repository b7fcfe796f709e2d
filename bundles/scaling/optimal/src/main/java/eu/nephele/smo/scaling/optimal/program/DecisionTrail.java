// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Arrays;

/** Sequences of decisions that share their beginnings. A sequence is the number of its last entry. */
final class DecisionTrail {

    /** The empty sequence. */
    static final int ROOT = -1;

    private static final int FIRST_CAPACITY = 256;

    private int[] before = new int[FIRST_CAPACITY];
    private int[] decisions = new int[FIRST_CAPACITY];
    private int size;

    int add(int trail, int decision) {
        if (size == before.length) {
            before = Arrays.copyOf(before, 2 * size);
            decisions = Arrays.copyOf(decisions, 2 * size);
        }
        before[size] = trail;
        decisions[size] = decision;
        return size++;
    }

    int before(int trail) {
        return before[trail];
    }

    int decision(int trail) {
        return decisions[trail];
    }
}
