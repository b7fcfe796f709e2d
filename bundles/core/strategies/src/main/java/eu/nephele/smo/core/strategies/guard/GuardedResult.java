// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.util.Optional;

/** Outcome of a guarded call. */
public sealed interface GuardedResult<R> {
    /** It answered in time; whether the answer is right is for the caller to see. */
    record Answered<R>(R answer) implements GuardedResult<R> {}

    /**
     * It did not do its duty.
     *
     * @param what as in {@link eu.nephele.smo.core.contract.decision.StrategyFault#what()}
     */
    record Faulted<R>(String what, String message, Optional<Throwable> cause) implements GuardedResult<R> {}

    /** It was unregistered before the call began: not a fault, look it up again. */
    record Gone<R>() implements GuardedResult<R> {}
}
