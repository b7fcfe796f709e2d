// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Repetition and time-out as the limits want them.
 *
 * @param repeating a call, over its attempts
 * @param timing one attempt: its thread is interrupted
 */
record FailsafePolicies(GuardLimits limits, FailsafeExecutor<Object> repeating, FailsafeExecutor<Object> timing) {

    static FailsafePolicies of(GuardLimits limits, ScheduledExecutorService scheduler) {
        RetryDelays delays = new RetryDelays(
                limits.repetition(), () -> ThreadLocalRandom.current().nextDouble());
        RetryPolicy<Object> retry = RetryPolicy.builder()
                .handleIf(FailsafePolicies::mayPass)
                .abortOn(failure -> failure instanceof AdapterException adapter && delays.tooLong(adapter))
                .withMaxAttempts(limits.repetition().attempts())
                .withMaxDuration(limits.repetition().budget())
                .withDelayFnOn(
                        call -> delays.after(call.getAttemptCount(), call.<AdapterException>getLastException()),
                        AdapterException.class)
                .build();
        Timeout<Object> timeout =
                Timeout.builder(limits.timeout()).withInterrupt().build();
        return new FailsafePolicies(
                limits, Failsafe.with(retry), Failsafe.with(timeout).with(scheduler));
    }

    /** Returns whether the system did not answer: the only failures that are repeated, and that count against it. */
    static boolean mayPass(Throwable failure) {
        return failure instanceof AdapterException adapter
                && (adapter.kind() == Kind.UNAVAILABLE || adapter.kind() == Kind.TIMED_OUT);
    }
}
