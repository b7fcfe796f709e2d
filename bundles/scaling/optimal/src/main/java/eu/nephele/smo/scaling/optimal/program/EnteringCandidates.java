// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.function.IntConsumer;

/**
 * The variables that could enter a basis, by the change of prices at which their reduced cost changes its sign. Those at which the
 * violation of the leaving variable does not end change to their other bound instead.
 */
final class EnteringCandidates {

    private static final double ROUNDING = 1e-10;

    private final int[] heap;
    private final double[] ratio;
    private final double[] slope;
    private final double[] range;
    private int size;
    private double withoutEnd;

    EnteringCandidates(int variables) {
        heap = new int[variables];
        ratio = new double[variables];
        slope = new double[variables];
        range = new double[variables];
    }

    void clear() {
        size = 0;
        withoutEnd = 0;
    }

    /**
     * @param atRatio change of prices at which it would enter
     * @param perUnit change of the leaving variable by one unit of it
     * @param toOtherBound units from one of its bounds to the other
     */
    void add(int variable, double atRatio, double perUnit, double toOtherBound) {
        heap[size++] = variable;
        ratio[variable] = atRatio;
        slope[variable] = perUnit;
        range[variable] = toOtherBound;
    }

    /**
     * Returns the variable that enters; -1 if all of them together cannot end the violation.
     *
     * @param violation of the leaving variable
     * @param flipped takes the variables that change their bound
     */
    int take(double violation, IntConsumer flipped) {
        for (int at = size / 2 - 1; at >= 0; at--) {
            sift(at);
        }
        double left = violation;
        while (size > 0) {
            int next = heap[0];
            left -= slope[next] * range[next];
            if (left <= ROUNDING * (1 + violation)) {
                return next;
            }
            flipped.accept(next);
            heap[0] = heap[--size];
            sift(0);
        }
        withoutEnd = left;
        return -1;
    }

    /** Returns the violation that the last call could not end; 0 if it could. */
    double withoutEnd() {
        return withoutEnd;
    }

    private void sift(int from) {
        int at = from;
        int least = at;
        do {
            int moved = heap[least];
            heap[least] = heap[at];
            heap[at] = moved;
            at = least;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                least = isBefore(heap[child], heap[least]) ? child : least;
            }
        } while (least != at);
    }

    private boolean isBefore(int one, int other) {
        return ratio[one] < ratio[other] || (ratio[one] == ratio[other] && one < other);
    }
}
