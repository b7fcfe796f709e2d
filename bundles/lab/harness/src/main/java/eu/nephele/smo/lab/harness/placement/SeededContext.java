// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Instant;
import java.util.OptionalLong;

/** A context with a seed of its own. */
record SeededContext(SimpleContext context, long seed) implements DecisionContext {

    @Override
    public Instant now() {
        return context.now();
    }

    @Override
    public long remainingMillis() {
        return context.remainingMillis();
    }

    @Override
    public boolean shouldStop() {
        return context.shouldStop();
    }

    @Override
    public OptionalLong workBudget() {
        return context.workBudget();
    }

    @Override
    public <P extends Record> P parameters(Class<P> type) {
        return context.parameters(type);
    }
}
