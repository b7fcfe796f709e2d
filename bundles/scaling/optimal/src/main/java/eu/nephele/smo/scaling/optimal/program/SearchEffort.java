// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What searches may still do: elementary steps, a count and not a time, so that the answer is always the same; and the sign to stop.
 * What a part spends is spent of the whole.
 */
public final class SearchEffort {

    private final BooleanSupplier stop;
    private final Optional<SearchEffort> whole;
    private long left;
    private boolean over;

    /** @param steps of some nanoseconds */
    public SearchEffort(long steps, BooleanSupplier stop) {
        this(steps, stop, Optional.empty());
    }

    private SearchEffort(long steps, BooleanSupplier stop, Optional<SearchEffort> whole) {
        this.left = steps;
        this.stop = stop;
        this.whole = whole;
    }

    /** Returns an equal part of what is left, for one of so many searches; what it leaves is left for the others. */
    public SearchEffort part(int searches) {
        return new SearchEffort(left / Math.max(1, searches), stop, Optional.of(this));
    }

    public void spend(long steps) {
        take(steps);
        over = over || left < 0 || stop.getAsBoolean();
    }

    private void take(long steps) {
        left -= steps;
        whole.ifPresent(effort -> effort.take(steps));
    }

    public boolean isOver() {
        return over;
    }
}
