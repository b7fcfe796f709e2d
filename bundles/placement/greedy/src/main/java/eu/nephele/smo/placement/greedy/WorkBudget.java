// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.DecisionContext;

/** Counts units of work until the end: given by the context, or in a replay by the units of the first run. */
final class WorkBudget {

    private final DecisionContext context;
    private final long budget;
    private long units;
    private boolean ended;

    WorkBudget(DecisionContext context) {
        this.context = context;
        this.budget = context.workBudget().orElse(Long.MAX_VALUE);
    }

    /** @return whether one more unit is allowed; it is counted then. Once false, always false. */
    boolean spend() {
        ended = ended || units >= budget || context.shouldStop();
        units += ended ? 0 : 1;
        return !ended;
    }

    long units() {
        return units;
    }
}
