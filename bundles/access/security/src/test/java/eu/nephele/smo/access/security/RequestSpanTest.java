// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.core.contract.trace.SpanRecorder;
import eu.nephele.smo.core.contract.trace.SpanRecorder.Ended;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class RequestSpanTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final SpanRecorder spans = new SpanRecorder();
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);

    @BeforeEach
    void aRequest() {
        when(request.getMethod()).thenReturn("POST");
        when(request.getRequestURI()).thenReturn("/api/v1/projects/p/graphs");
        when(response.getStatus()).thenReturn(200);
    }

    private RequestSpan begin() {
        return new RequestSpan(Optional.of(spans), request, response);
    }

    @Test
    void theContextOfTheCallerIsTakenAndHandedOn() {
        when(request.getHeader("traceparent")).thenReturn("00-" + TRACE + "-00f067aa0ba902b7-01");
        when(request.getAttribute("smo.route")).thenReturn("/api/v1/projects/{project}/graphs");
        String context;
        try (RequestSpan span = begin()) {
            context = span.traceParent();
        }
        Ended ended = spans.ended("POST /api/v1/projects/{project}/graphs").get(0);
        assertThat(ended.parent()).isEqualTo("00f067aa0ba902b7");
        assertThat(context).startsWith("00-" + TRACE + "-" + ended.id());
        assertThat(ended.attributes())
                .containsEntry("url.path", "/api/v1/projects/p/graphs")
                .containsEntry("http.response.status_code", "200");
        verify(request).setAttribute("smo.traceId", TRACE);
        assertThat(spans.kept()).isZero();
    }

    @Test
    void aHeaderThatIsNoContextIsIgnored() {
        when(request.getHeader("traceparent")).thenReturn("00-x");
        begin().close();
        assertThat(spans.ended("POST").get(0).parent()).isEmpty();
    }

    @Test
    void theTraceOfWhatIsAcceptedForLaterIsKept() {
        when(response.getStatus()).thenReturn(202);
        begin().close();
        assertThat(spans.kept()).isEqualTo(1);
    }

    @Test
    void anAsynchronousAnswerEndsTheSpanWhenItIsComplete() throws IOException {
        AsyncContext async = mock(AsyncContext.class);
        when(request.isAsyncStarted()).thenReturn(true);
        when(request.getAsyncContext()).thenReturn(async);
        begin().close();
        assertThat(spans.ended()).isEmpty();
        assertThat(spans.current()).isEmpty();

        ArgumentCaptor<AsyncListener> listener = ArgumentCaptor.forClass(AsyncListener.class);
        verify(async).addListener(listener.capture());
        when(response.getStatus()).thenReturn(503);
        listener.getValue().onComplete(new AsyncEvent(async));
        assertThat(spans.ended("POST").get(0).failure()).contains("status 503");
    }

    @Test
    void withoutTracingNothingIsAdded() {
        try (RequestSpan span = new RequestSpan(Optional.empty(), request, response)) {
            assertThat(span.traceParent()).isEmpty();
        }
        verify(request, never()).setAttribute(eq("smo.traceId"), any());
    }
}
