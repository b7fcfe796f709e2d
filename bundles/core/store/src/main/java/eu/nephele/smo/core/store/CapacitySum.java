// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.Resources;

/**
 * Amounts of one resource together.
 *
 * @param unlimited how many are not
 */
record CapacitySum(long reserved, long unlimited) {

    static final CapacitySum NOTHING = new CapacitySum(0, 0);

    static CapacitySum of(long amount) {
        return amount == Resources.UNLIMITED ? new CapacitySum(0, 1) : new CapacitySum(amount, 0);
    }

    boolean isNothing() {
        return reserved <= 0 && unlimited <= 0;
    }

    long amount() {
        return unlimited > 0 ? Resources.UNLIMITED : reserved;
    }

    CapacitySum plus(CapacitySum other) {
        return new CapacitySum(reserved + other.reserved, unlimited + other.unlimited);
    }

    CapacitySum minus(CapacitySum other) {
        return new CapacitySum(reserved - other.reserved, unlimited - other.unlimited);
    }
}
