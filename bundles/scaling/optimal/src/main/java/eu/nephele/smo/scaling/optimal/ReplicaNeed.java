// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

/** Demand of one replica in each row of a {@link CapacityUse}. */
final class ReplicaNeed {

    private final long[] amounts;

    /** @param amounts nobody changes them any more */
    ReplicaNeed(long... amounts) {
        this.amounts = amounts;
    }

    long get(int row) {
        return amounts[row];
    }
}
