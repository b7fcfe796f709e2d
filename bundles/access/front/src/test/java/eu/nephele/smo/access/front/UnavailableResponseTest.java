// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnavailableResponseTest {

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    @BeforeEach
    void makeCall() throws IOException {
        when(request.getMethod()).thenReturn("GET");
        when(request.getRequestURI()).thenReturn("/graphs/hello");
        when(response.getOutputStream()).thenReturn(stream(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void everyMethodIs503WithRetryAfterAndProblemDetails(String method) throws IOException, ServletException {
        when(request.getMethod()).thenReturn(method);

        new UnavailableServlet().service(request, response);

        verify(response).setStatus(503);
        verify(response).setHeader("Retry-After", "1");
        verify(response).setContentType("application/problem+json");
        verify(response).setContentLength(body.size());
        assertThat(text())
                .startsWith("{\"type\":\"urn:smo:problem:unavailable\"")
                .contains("\"status\":503", "\"instance\":\"/graphs/hello\"", "\"source\":\"smo\"", "/health/ready");
    }

    @Test
    void theCorrelationIdIsThatOfTheGate() throws IOException {
        when(request.getAttribute("smo.correlationId")).thenReturn("from-the-gate");

        new UnavailableServlet().service(request, response);

        assertThat(text()).contains("\"correlationId\":\"from-the-gate\"");
        verify(response, never()).setHeader(eq("X-Correlation-Id"), anyString());
        verify(response, never()).sendError(anyInt());
    }

    @Test
    void withoutAGateItIsANewOneInHeaderAndBody() throws IOException {
        AtomicReference<String> header = new AtomicReference<>("");
        doAnswer(call -> {
                    header.set(call.getArgument(1));
                    return null;
                })
                .when(response)
                .setHeader(eq("X-Correlation-Id"), anyString());

        new UnavailableServlet().service(request, response);

        assertThat(header.get()).hasSize(36);
        assertThat(text()).contains("\"correlationId\":\"" + header.get() + "\"");
    }

    @Test
    void aPathCannotBreakOutOfTheText() throws IOException {
        when(request.getRequestURI()).thenReturn("/a\"b\\c\u0001");

        new UnavailableServlet().service(request, response);

        assertThat(text()).contains("\"instance\":\"/a\\\"b\\\\c\\u0001\"");
    }

    @Test
    void theEmptyPageOfAWhiteboardWithoutApplicationIsTheSameAnswer() throws IOException, ServletException {
        new UnavailableFilter()
                .doFilter(request, response, (call, answer) -> ((HttpServletResponse) answer).sendError(404));
        assertThat(text()).contains("\"status\":503");
        verify(response).setStatus(503);
        verify(response, never()).sendError(anyInt());
        body.reset();

        new UnavailableFilter().doFilter(request, response, (call, answer) -> ((HttpServletResponse) answer)
                .sendError(404, "Not Found"));
        assertThat(text()).contains("\"status\":503");
    }

    @Test
    void otherAnswersGoThrough() throws IOException, ServletException {
        new UnavailableFilter().doFilter(request, response, (call, answer) -> {
            HttpServletResponse other = (HttpServletResponse) answer;
            other.sendError(400);
            other.sendError(500, "broken");
            other.setStatus(404);
        });
        verify(response).sendError(400);
        verify(response).sendError(500, "broken");
        verify(response).setStatus(404);

        when(response.isCommitted()).thenReturn(true);
        new UnavailableFilter()
                .doFilter(request, response, (call, answer) -> ((HttpServletResponse) answer).sendError(404));
        verify(response).sendError(404);
        assertThat(text()).isEmpty();
    }

    @Test
    void theUnavailableServletIsTheLastChoice() throws IOException {
        try (InputStream description =
                getClass().getResourceAsStream("/OSGI-INF/eu.nephele.smo.access.front.UnavailableServlet.xml")) {
            assertThat(description).isNotNull();
            assertThat(new String(description.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("name=\"osgi.http.whiteboard.servlet.pattern\" type=\"String\" value=\"/\"")
                    .contains("value=\"(osgi.http.whiteboard.context.name=default)\"");
        }
    }

    private String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private static ServletOutputStream stream(ByteArrayOutputStream target) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("written at once");
            }

            @Override
            public void write(int value) {
                target.write(value);
            }
        };
    }
}
