// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.function.ToIntFunction;
import javax.persistence.EntityManager;

/** Removes rows in batches, each in a transaction of its own: no writer waits long for the one writer of H2. */
record BatchedDelete(Transactions transactions, String what) {

    static final int STEP = 1000;

    /** @param step removes at most {@link #STEP} rows and returns their number; called again after a full batch */
    long run(ToIntFunction<EntityManager> step) {
        long gone = 0;
        int some = STEP;
        while (some >= STEP) {
            some = transactions.write(what, step::applyAsInt);
            gone += some;
        }
        return gone;
    }

    static String first(long rows) {
        return " fetch first " + Math.min(STEP, rows) + " rows only";
    }
}
