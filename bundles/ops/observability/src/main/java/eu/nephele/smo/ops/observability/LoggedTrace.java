// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.trace.LogFields;
import eu.nephele.smo.core.contract.trace.TraceContext;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The span of the calling thread as its log lines name it: measured durations refer to it as exemplars. Only spans that
 * are exported count, since others cannot be found anywhere.
 */
final class LoggedTrace implements SpanContext {

    private static final String EXPORTED = "01";

    @Override
    public @Nullable String getCurrentTraceId() {
        return MDC.get(LogFields.TRACE_ID);
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return MDC.get(LogFields.SPAN_ID);
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return EXPORTED.equals(MDC.get(LogFields.TRACE_FLAGS));
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // who exports spans does so whether they are exemplars or not
    }

    /** Measures something of a span that has ended, in the thread that it was of. */
    static void during(Optional<TraceContext> ended, Runnable measuring) {
        if (ended.isEmpty() || MDC.get(LogFields.TRACE_ID) != null) {
            measuring.run();
            return;
        }
        MDC.put(LogFields.TRACE_ID, ended.get().traceId());
        MDC.put(LogFields.SPAN_ID, ended.get().spanId());
        MDC.put(LogFields.TRACE_FLAGS, ended.get().sampled() ? EXPORTED : "00");
        try {
            measuring.run();
        } finally {
            MDC.remove(LogFields.TRACE_ID);
            MDC.remove(LogFields.SPAN_ID);
            MDC.remove(LogFields.TRACE_FLAGS);
        }
    }
}
