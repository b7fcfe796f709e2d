// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import eu.nephele.smo.api.time.Deadline;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import java.util.function.Function;

/** Guarded calls of one importance: live ones, or trials, which have few permits of their own. */
public interface GuardedCalls {
    /**
     * @param budgetMillis budget of the call: processor time of its thread, and waits of its own
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} when the calling thread is interrupted, or the guard was
     *     closed
     */
    <R> GuardedResult<R> call(RegisteredService registeredService, long budgetMillis, Function<Deadline, R> body);
}
