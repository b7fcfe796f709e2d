// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.DecisionContext;
import java.time.Instant;
import java.util.OptionalLong;

/** Virtual time, no limit. */
record VirtualContext(Instant now, Record chosen) implements DecisionContext {

    @Override
    public long seed() {
        return 1;
    }

    @Override
    public long remainingMillis() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean shouldStop() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public OptionalLong workBudget() {
        return OptionalLong.empty();
    }

    @Override
    public <P extends Record> P parameters(Class<P> type) {
        if (!type.isInstance(chosen)) {
            throw new IllegalArgumentException("The parameters are a %s, asked for as %s"
                    .formatted(chosen.getClass().getName(), type.getName()));
        }
        return type.cast(chosen);
    }
}
