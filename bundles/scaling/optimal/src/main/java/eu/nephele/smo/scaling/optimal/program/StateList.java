// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Arrays;

/** Partial covers: what each has more than needed (negative: what it lacks), its price, and the decisions that lead to it. */
final class StateList {

    private long[] spares;
    private double[] prices;
    private int[] trails;
    private int size;

    @FunctionalInterface
    interface StateCondition {

        boolean holds(long spare, double price);
    }

    StateList(int capacity) {
        spares = new long[capacity];
        prices = new double[capacity];
        trails = new int[capacity];
    }

    void add(long spare, double price, int trail) {
        if (size == spares.length) {
            spares = Arrays.copyOf(spares, 2 * size);
            prices = Arrays.copyOf(prices, 2 * size);
            trails = Arrays.copyOf(trails, 2 * size);
        }
        spares[size] = spare;
        prices[size] = price;
        trails[size++] = trail;
    }

    int size() {
        return size;
    }

    long spare(int i) {
        return spares[i];
    }

    double price(int i) {
        return prices[i];
    }

    int trail(int i) {
        return trails[i];
    }

    void removeIf(StateCondition condition) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!condition.holds(spares[i], prices[i])) {
                spares[kept] = spares[i];
                prices[kept] = prices[i];
                trails[kept++] = trails[i];
            }
        }
        size = kept;
    }
}
