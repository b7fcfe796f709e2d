// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.function.BooleanSupplier;

/** What a search may still do: elementary steps, a count and not a time, so that the answer is always the same; and the sign to stop. */
public final class SearchEffort {

    private final BooleanSupplier stop;
    private long left;
    private boolean over;

    /** @param steps of some nanoseconds */
    public SearchEffort(long steps, BooleanSupplier stop) {
        this.left = steps;
        this.stop = stop;
    }

    public void spend(long steps) {
        left -= steps;
        over = over || left < 0 || stop.getAsBoolean();
    }

    public boolean isOver() {
        return over;
    }
}
