// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.DecisionContext;

/**
 * Counts units of work and says when to stop: by the context, or, in a replay, after as many units as the first run did. Once
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

    /** @return whether one more unit may be done; it is counted then */
    boolean spend() {
        if (ended || units >= budget || context.shouldStop()) {
            ended = true;
            return false;
        }
        units++;
        return true;
    }

    /** Units that may still be done; 0 once ended. */
    long left() {
        return ended ? 0 : budget - units;
    }

    /** Adds units that were counted elsewhere. */
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
