// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.trace;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Begins spans. While one is current in a thread, log lines of the thread carry its ids ({@link LogFields}); adapters take
 * them from there for the {@code traceparent} of their calls.
 */
public interface Tracing {

    /** Records nothing. */
    static Tracing off() {
        return new Untraced();
    }

    /**
     * Begins the span of a request to this server.
     *
     * @param caller context that the caller has sent
     * @param change whether the request may begin an operation, whose trace is kept for people
     */
    TraceSpan request(String name, Optional<TraceContext> caller, boolean change);

    /** Begins a span below another one, which belongs to an operation and may have been begun by a former process. */
    TraceSpan resume(String name, TraceContext parent);

    /** Begins a span below the current one; without a recorded one nothing is recorded. */
    TraceSpan span(String name);

    /** An operation has begun in the current trace, which is kept therefore. */
    void keep();

    /** Records a span that is over, of an operation. */
    void completed(CompletedSpan span);

    /** Context of the current span of the thread. */
    Optional<TraceContext> current();

    /** Takes the current span, and the fields of the log, to the thread that runs the task. */
    <T> Callable<T> carry(Callable<T> task);

    /** Runs within a span below the current one, which tells also how it has failed. */
    default <T> T within(String name, Function<TraceSpan, T> work) {
        try (TraceSpan span = span(name)) {
            try {
                return work.apply(span);
            } catch (RuntimeException | Error e) {
                span.failed(e.toString());
                throw e;
            }
        }
    }
}
