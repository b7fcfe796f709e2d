// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.DecisionContext;

/** Counts units of work and says when to stop: by the context, or in a replay after as many units as the first run did. */
final class WorkBudget {

    private final DecisionContext context;
    private final long budget;
    private long units;
    private boolean ended;

    WorkBudget(DecisionContext context) {
        this.context = context;
        this.budget = context.workBudget().orElse(Long.MAX_VALUE);
    }

    /** @return whether one more unit may be done; it is counted then. Once false, always false. */
    boolean spend() {
        ended = ended || units >= budget || context.shouldStop();
        units += ended ? 0 : 1;
        return !ended;
    }

    long units() {
        return units;
    }
}
