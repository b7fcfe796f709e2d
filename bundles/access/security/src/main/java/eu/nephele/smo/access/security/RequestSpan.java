// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import eu.nephele.smo.core.contract.trace.TraceContext;
import eu.nephele.smo.core.contract.trace.TraceSpan;
import eu.nephele.smo.core.contract.trace.Tracing;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;

/** The span of a request, from the gate to the end of its answer, which an asynchronous one gives from another thread. */
final class RequestSpan implements AutoCloseable {

    /** Request attribute with the id of the trace, for problem details. */
    static final String TRACE_ID = "smo.traceId";

    /** Request attribute with the template of the path, set by the REST application. */
    private static final String ROUTE = "smo.route";

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int ACCEPTED = 202;
    private static final int SERVER_ERROR = 500;

    private final HttpServletRequest call;
    private final HttpServletResponse answer;
    private final Tracing tracing;
    private final TraceSpan span;

    RequestSpan(Optional<Tracing> tracing, HttpServletRequest call, HttpServletResponse answer) {
        this.call = call;
        this.answer = answer;
        this.tracing = tracing.orElse(Tracing.off());
        Optional<TraceContext> caller =
                Optional.ofNullable(call.getHeader(TraceContext.HEADER)).flatMap(TraceContext::parse);
        this.span = this.tracing.request(call.getMethod(), caller, !READS.contains(call.getMethod()));
        this.tracing.current().ifPresent(context -> call.setAttribute(TRACE_ID, context.traceId()));
    }

    /** The {@code traceparent} of this span; "" when nothing is traced. */
    String traceParent() {
        return tracing.current().map(TraceContext::traceParent).orElse("");
    }

    @Override
    public void close() {
        if (span.equals(TraceSpan.NONE)) {
            return;
        }
        if (answer.getStatus() == ACCEPTED) {
            tracing.keep();
        }
        if (call.isAsyncStarted()) {
            span.detach();
            call.getAsyncContext().addListener(new AnswerEnd());
        } else {
            end();
        }
    }

    private void end() {
        if (call.getAttribute(ROUTE) instanceof String route) {
            span.rename(call.getMethod() + " " + route);
            span.with("http.route", route);
        }
        span.with("http.request.method", call.getMethod())
                .with("url.path", call.getRequestURI())
                .with("http.response.status_code", Integer.toString(answer.getStatus()));
        if (answer.getStatus() >= SERVER_ERROR) {
            span.failed("status " + answer.getStatus());
        }
        span.close();
    }

    private final class AnswerEnd implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            span.failed("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            span.failed(String.valueOf(event.getThrowable()));
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
