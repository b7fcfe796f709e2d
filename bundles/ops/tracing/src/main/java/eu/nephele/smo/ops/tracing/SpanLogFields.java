// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import eu.nephele.smo.core.contract.trace.LogFields;
import io.opentelemetry.api.trace.SpanContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Ids of the current span in the log, and those from before it, which return at its end. */
record SpanLogFields(
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable String flags) {

    static SpanLogFields begin(SpanContext context) {
        SpanLogFields former = new SpanLogFields(
                MDC.get(LogFields.TRACE_ID), MDC.get(LogFields.SPAN_ID), MDC.get(LogFields.TRACE_FLAGS));
        if (!context.getTraceId().equals(former.traceId())) {
            MDC.put(LogFields.TRACE_ID, context.getTraceId());
            MDC.put(LogFields.TRACE_FLAGS, context.getTraceFlags().asHex());
        }
        MDC.put(LogFields.SPAN_ID, context.getSpanId());
        return former;
    }

    void restore() {
        if (spanId == null) {
            MDC.remove(LogFields.TRACE_ID);
            MDC.remove(LogFields.TRACE_FLAGS);
            MDC.remove(LogFields.SPAN_ID);
        } else {
            MDC.put(LogFields.TRACE_ID, traceId);
            MDC.put(LogFields.TRACE_FLAGS, flags);
            MDC.put(LogFields.SPAN_ID, spanId);
        }
    }
}
