// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.util.function.ToIntFunction;
import javax.persistence.EntityManager;

/** Removes rows a few at a time, each time in a transaction of its own: nobody waits long for the one writer of H2. */
record BatchedDelete(Transactions transactions, String what) {

    /** Rows that a step removes at most. */
    static final int STEP = 1000;

    /**
     * @param step removes at most {@link #STEP} rows and says how many; comes again after a full one
     * @return how many rows went
     */
    long run(ToIntFunction<EntityManager> step) {
        long gone = 0;
        int some = STEP;
        while (some >= STEP) {
            some = transactions.write(what, step::applyAsInt);
            gone += some;
        }
        return gone;
    }

    /** Ends a query that chooses the rows of a step. */
    static String first(long rows) {
        return " fetch first " + Math.min(STEP, rows) + " rows only";
    }
}
