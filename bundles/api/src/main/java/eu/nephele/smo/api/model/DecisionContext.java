// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.time.Instant;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** Context of one decision: time, budget, random seed and parameters. A strategy uses no other source of them. */
@ProviderType
public interface DecisionContext {

    /** The time of the decision. A strategy never reads a clock, so that a replay sees the same time. */
    Instant now();

    /** Seed for everything random; the same seed gives the same answer. */
    long seed();

    /**
     * Milliseconds left of the time budget, 0 when it is used up. The budget counts what the calling thread runs and what it waits, so
     * that on a busy machine there may be more left later; it is never less than this by more than the time that passes. For pacing
     * only: {@link #shouldStop()} decides.
     */
    long remainingMillis();

    /**
     * Returns whether the strategy must return now, with the best it has: the budget is used up, the decision was cancelled, or
     * the thread was interrupted. Cheap enough for an inner loop.
     */
    boolean shouldStop();

    /**
     * In a replay: how many units of work, as the strategy itself counted and reported them, the first run was able to do. A
     * time-limited strategy then stops after this many units instead of by the clock, which makes the replay identical.
     */
    OptionalLong workBudget();

    /**
     * The strategy's parameters, bound from the effective JSON to the record that the strategy declares, validated, with
     * defaults.
     *
     * @param type the record class that the strategy's {@code parametersType()} names
     * @throws IllegalArgumentException when {@code type} is not that class
     */
    <P extends Record> P parameters(Class<P> type);
}
