// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

/** Demand of one replica in each row of a {@link CapacityUse}. */
final class ReplicaNeed {

    private final long[] amounts;

    ReplicaNeed(long... amounts) {
        this.amounts = amounts.clone();
    }

    long get(int row) {
        return amounts[row];
    }
}
