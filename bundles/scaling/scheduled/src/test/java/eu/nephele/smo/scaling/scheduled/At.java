// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Instant;
import java.util.OptionalLong;

/** The context of a decision at some time. */
record At(Instant now, ScheduledParameters bound) implements DecisionContext {

    private SimpleContext simple() {
        return SimpleContext.unlimited().withParameters(bound);
    }

    @Override
    public long seed() {
        return simple().seed();
    }

    @Override
    public long remainingMillis() {
        return simple().remainingMillis();
    }

    @Override
    public OptionalLong workBudget() {
        return OptionalLong.empty();
    }

    @Override
    public boolean shouldStop() {
        return false;
    }

    @Override
    public <P extends Record> P parameters(Class<P> type) {
        return simple().parameters(type);
    }
}
