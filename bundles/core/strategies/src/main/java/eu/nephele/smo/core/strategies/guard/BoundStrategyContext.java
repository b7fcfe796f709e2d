// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.time.Deadline;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Context of one call of a strategy.
 *
 * @param workBudget units of work instead of the clock, in a replay
 * @param parameters record of the strategy's own type
 */
public record BoundStrategyContext(
        Instant now, long seed, Deadline deadline, OptionalLong workBudget, Record parameters)
        implements DecisionContext {
    @Override
    public long remainingMillis() {
        return deadline.remainingMillis();
    }

    /** With a work budget the clock ends nothing, or a slow machine would give another answer; the guard interrupts. */
    @Override
    public boolean shouldStop() {
        return Thread.currentThread().isInterrupted() || (workBudget.isEmpty() && deadline.passed());
    }

    @Override
    public <P extends Record> P parameters(Class<P> type) {
        if (!type.isInstance(parameters)) {
            throw new IllegalArgumentException("The parameters are a %s, not a %s"
                    .formatted(parameters.getClass().getName(), type.getName()));
        }
        return type.cast(parameters);
    }
}
