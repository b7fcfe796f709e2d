// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.NoParameters;
import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.api.time.UsedTime;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * A decision context of plain values: always the same time and seed, no limit unless one is given.
 *
 * @param remaining gives the milliseconds that are left at each call; 0 or less ends the decision
 * @param workBudget units of work that a replay may do, in the strategy's own count; empty outside replays
 * @param parameters parameters of the strategy
 */
public record SimpleContext(LongSupplier remaining, OptionalLong workBudget, Record parameters)
        implements DecisionContext {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** A context without a time limit and without parameters. */
    public static SimpleContext unlimited() {
        return new SimpleContext(() -> Long.MAX_VALUE, OptionalLong.empty(), new NoParameters());
    }

    /** A context that ends by the clock, this many milliseconds from now; no parameters. */
    public static SimpleContext within(long millis) {
        long start = System.nanoTime();
        return new SimpleContext(
                () -> millis - (System.nanoTime() - start) / 1_000_000, OptionalLong.empty(), new NoParameters());
    }

    /** A context that ends when the call has used that much time from now on; no parameters. */
    public static SimpleContext within(UsedTime used, long millis) {
        return new SimpleContext(
                Deadline.fromNow(used, millis)::remainingMillis, OptionalLong.empty(), new NoParameters());
    }

    /** A context of a replay that may do this many units of work, without a time limit. */
    public SimpleContext withWorkBudget(long units) {
        return new SimpleContext(() -> Long.MAX_VALUE, OptionalLong.of(units), parameters);
    }

    /** The same context with other parameters. */
    public SimpleContext withParameters(Record newParameters) {
        return new SimpleContext(remaining, workBudget, newParameters);
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public long seed() {
        return 1;
    }

    @Override
    public long remainingMillis() {
        return Math.max(0, remaining.getAsLong());
    }

    @Override
    public boolean shouldStop() {
        return remainingMillis() == 0 || Thread.currentThread().isInterrupted();
    }

    @Override
    public <P extends Record> P parameters(Class<P> type) {
        if (!type.isInstance(parameters)) {
            throw new IllegalArgumentException("The parameters of this context are %s, asked for as %s"
                    .formatted(parameters.getClass().getName(), type.getName()));
        }
        return type.cast(parameters);
    }
}
