// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.tracing;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicBoolean;

final class RecordingSpan implements TraceSpan, CallTracer.TracedCall {

    private final Span span;
    private final Scope scope;
    private final SpanLogFields former;
    private final AtomicBoolean current = new AtomicBoolean(true);

    /** Begins to be current in the calling thread. */
    @SuppressWarnings("MustBeClosedChecker") // detach() closes it
    RecordingSpan(Span span) {
        this.span = span;
        this.former = SpanLogFields.begin(span.getSpanContext());
        this.scope = span.makeCurrent();
    }

    @Override
    public RecordingSpan with(String key, String value) {
        span.setAttribute(key, value);
        return this;
    }

    @Override
    public void rename(String name) {
        span.updateName(name);
    }

    @Override
    public void failed(String reason) {
        span.setStatus(StatusCode.ERROR, AnswerLimits.cut(reason, AnswerLimits.TOLD_CHARACTERS));
    }

    @Override
    public void detach() {
        if (current.compareAndSet(true, false)) {
            scope.close();
            former.restore();
        }
    }

    @Override
    public void close() {
        detach();
        span.end();
    }
}
