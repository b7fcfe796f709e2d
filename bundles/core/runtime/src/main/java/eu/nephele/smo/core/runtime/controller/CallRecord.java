// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Checks whether a controller answers at all: results of its calls, for all resources together. */
public final class CallRecord {

    private final LongSupplier nanos;
    // guarded by this; of those that have failed since the last answer
    private OptionalLong firstFailure = OptionalLong.empty();
    private long lastFailure;
    private String why = "";

    /** @param nanos a monotonic clock */
    public CallRecord(LongSupplier nanos) {
        this.nanos = nanos;
    }

    public synchronized void answered() {
        firstFailure = OptionalLong.empty();
        why = "";
    }

    public synchronized void failed(String why) {
        lastFailure = nanos.getAsLong();
        firstFailure = OptionalLong.of(firstFailure.orElse(lastFailure));
        this.why = why;
    }

    /**
     * @param atLeast duration for which calls have failed, and none was answered
     * @param lately time within which the last one failed: a controller without resources fails no more
     */
    public synchronized Optional<String> failing(Duration atLeast, Duration lately) {
        long now = nanos.getAsLong();
        return firstFailure.isPresent()
                        && now - firstFailure.getAsLong() >= atLeast.toNanos()
                        && now - lastFailure <= lately.toNanos()
                ? Optional.of(why)
                : Optional.empty();
    }
}
