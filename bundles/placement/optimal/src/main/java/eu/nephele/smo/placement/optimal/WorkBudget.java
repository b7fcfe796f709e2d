// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.DecisionContext;

/**
 * Counts units of work until the end: given by the context, or in a replay by the units of the first run. Once
 * ended it stays so. Not thread-safe.
 */
final class WorkBudget {

    private final DecisionContext context;
    private final long budget;
    private long units;
    private boolean ended;

    WorkBudget(DecisionContext context) {
        this.context = context;
        this.budget = context.workBudget().orElse(Long.MAX_VALUE);
    }

    /** @return whether one more unit is allowed; it is counted then */
    boolean spend() {
        if (ended || units >= budget || context.shouldStop()) {
            ended = true;
            return false;
        }
        units++;
        return true;
    }

    /** Returns the remaining units; 0 once ended. */
    long left() {
        return ended ? 0 : budget - units;
    }

    /** Adds units counted elsewhere. */
    void add(long moreUnits) {
        units += moreUnits;
    }

    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    long units() {
        return units;
    }
}
