// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.model.Resources;

/**
 * Amounts of one resource together.
 *
 * @param reserved of those that are limited
 * @param unlimited how many are not
 */
record Sum(long reserved, long unlimited) {

    static final Sum NOTHING = new Sum(0, 0);

    static Sum of(long amount) {
        return amount == Resources.UNLIMITED ? new Sum(0, 1) : new Sum(amount, 0);
    }

    boolean isNothing() {
        return reserved <= 0 && unlimited <= 0;
    }

    /** All of it as one amount. */
    long amount() {
        return unlimited > 0 ? Resources.UNLIMITED : reserved;
    }

    Sum plus(Sum other) {
        return new Sum(reserved + other.reserved, unlimited + other.unlimited);
    }

    Sum minus(Sum other) {
        return new Sum(reserved - other.reserved, unlimited - other.unlimited);
    }
}
