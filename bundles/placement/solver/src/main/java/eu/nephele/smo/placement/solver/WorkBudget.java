// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.DecisionContext;
import java.util.function.BooleanSupplier;

/**
 * Counts units of work until the end: given by the clock of the caller, or in a replay by the units of the first run. A search that
 * depends on nothing else finds the same with the same units. Once ended it stays so. Not thread-safe.
 */
public final class WorkBudget {

    private final long budget;
    private final BooleanSupplier shouldStop;
    private long units;
    private boolean ended;

    public WorkBudget(DecisionContext context) {
        this(context.workBudget().orElse(Long.MAX_VALUE), context::shouldStop);
    }

    /** @param shouldStop is asked each time that units are spent */
    WorkBudget(long budget, BooleanSupplier shouldStop) {
        this.budget = budget;
        this.shouldStop = shouldStop;
    }

    /** @return whether so many more units are allowed; they are counted then */
    public boolean spend(long more) {
        if (ended || more > budget - units || shouldStop.getAsBoolean()) {
            ended = true;
            return false;
        }
        units += more;
        return true;
    }

    /** Returns a budget of a part of the work, at most what is left; what it spent is to be {@linkplain #add added} afterwards. */
    public WorkBudget part(long most) {
        return new WorkBudget(Math.min(most, left()), shouldStop);
    }

    /** Returns the remaining units; 0 once ended. */
    public long left() {
        return ended ? 0 : budget - units;
    }

    /** Adds units counted elsewhere. */
    public void add(long moreUnits) {
        units += moreUnits;
    }

    public boolean ended() {
        return ended;
    }

    public long units() {
        return units;
    }
}
