// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.runtime.CallContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health, metrics and the timer of requests. */
final class ServletsTest {

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final MicrometerMeasurements measurements = new MicrometerMeasurements(name -> "");
    private int status = 200;

    @BeforeEach
    void wire() throws IOException {
        when(request.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(request)
                .setAttribute(anyString(), any());
        doAnswer(call -> status = call.getArgument(0)).when(response).setStatus(anyInt());
        when(response.getStatus()).thenAnswer(call -> status);
        doAnswer(call -> headers.put(call.getArgument(0), call.getArgument(1)))
                .when(response)
                .setHeader(anyString(), anyString());
        when(response.getOutputStream()).thenReturn(stream());
    }

    private void call(String method, String pathInfo) {
        when(request.getMethod()).thenReturn(method);
        when(request.getPathInfo()).thenReturn(pathInfo);
        when(request.getRequestURI()).thenReturn("/somewhere");
        body.reset();
        status = 200;
    }

    private String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private MetricsServlet metrics() {
        return new MetricsServlet(measurements, new HealthGauges(new Readiness(), measurements));
    }

    private static HealthServlet health(boolean... checks) {
        return new HealthServlet(new Readiness() {
            @Override
            List<ReadinessCheck> checks() {
                return java.util.stream.IntStream.range(0, checks.length)
                        .mapToObj(i -> new ReadinessCheck("check" + i, checks[i], "as it is"))
                        .toList();
            }
        });
    }

    @Test
    void isReadyWhenEverythingIsThere() throws IOException {
        call("GET", "/ready");
        health(true, true).service(request, response);

        assertThat(status).isEqualTo(200);
        assertThat(text()).contains("\"status\":\"UP\"", "\"check1\":{\"ok\":true");
        assertThat(attributes.get("smo.route")).isEqualTo("/health/ready");
    }

    @Test
    void isNotReadyWhileSomethingIsMissingAndSaysWhat() throws IOException {
        call("GET", "/ready/");
        health(true, false).service(request, response);

        assertThat(status).isEqualTo(503);
        assertThat(text()).contains("\"status\":\"DOWN\"", "\"check1\":{\"ok\":false,\"message\":\"as it is\"}");
        assertThat(headers).containsKey("Retry-After");
    }

    @Test
    void saysWhichServerOwnsTheDatabase() throws IOException {
        Readiness standby = new Readiness() {
            @Override
            List<ReadinessCheck> checks() {
                return List.of(new ReadinessCheck("store", true, "as it is"));
            }

            @Override
            Optional<String> role() {
                return Optional.of("standby");
            }
        };
        call("GET", "/ready");
        new HealthServlet(standby).service(request, response);
        assertThat(status).isEqualTo(200);
        assertThat(text()).startsWith("{\"status\":\"UP\",\"role\":\"standby\",\"checks\":");

        call("GET", "/owner");
        new HealthServlet(standby).service(request, response);
        assertThat(status).isEqualTo(503);
        assertThat(text()).contains("the owner of the database is unknown");
    }

    @Test
    void livenessIsIndependentOfReadiness() throws IOException {
        call("GET", "/live");
        health(false).service(request, response);

        assertThat(status).isEqualTo(200);
    }

    @Test
    void asksForARestartWhenStrategiesKeepTooManyThreads() throws IOException {
        call("GET", "/live");
        new HealthServlet(new Readiness() {
                    @Override
                    List<ReadinessCheck> vital() {
                        return List.of(new ReadinessCheck("strategies", false, "restart the server"));
                    }
                })
                .service(request, response);

        assertThat(status).isEqualTo(503);
        assertThat(text()).contains("\"strategies\":{\"ok\":false,\"message\":\"restart the server\"}");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, true, true, 200", "/, true, true, 200", "none, false, true, 503", "none, true, false, 503"})
    void healthIsLivenessAndReadiness(String path, boolean alive, boolean ready, int expected) throws IOException {
        call("GET", path);
        new HealthServlet(new Readiness() {
                    @Override
                    List<ReadinessCheck> vital() {
                        return List.of(new ReadinessCheck("vital", alive, "as it is"));
                    }

                    @Override
                    List<ReadinessCheck> checks() {
                        return List.of(new ReadinessCheck("part", ready, "as it is"));
                    }
                })
                .service(request, response);

        assertThat(status).isEqualTo(expected);
        assertThat(text()).contains("\"vital\":{\"ok\":" + alive, "\"part\":{\"ok\":" + ready);
        assertThat(attributes.get("smo.route")).isEqualTo("/health");
    }

    @ParameterizedTest
    @CsvSource({"GET, /other, 404", "GET, /live/x, 404", "POST, /live, 405"})
    void everythingElseIsAProblem(String method, String path, int expected) throws IOException {
        attributes.put("smo.correlationId", "abc");
        call(method, path);
        health().service(request, response);

        assertThat(status).isEqualTo(expected);
        assertThat(text()).contains("urn:smo:problem:", "\"correlationId\":\"abc\"", "\"instance\":\"/somewhere\"");
    }

    @Test
    void nothingIsReadyBeforeAnythingIsThere() {
        assertThat(new Readiness().checks())
                .hasSize(6)
                .noneMatch(Readiness.ReadinessCheck::ok)
                .allSatisfy(check -> assertThat(check.message()).isNotBlank());
    }

    @Test
    void metricsAreShown() throws IOException {
        call("GET", null);
        metrics().service(request, response);
        assertThat(text()).contains("jvm_memory_used_bytes", "smo_health_failing{check=\"store\"} 1.0");

        call("GET", null);
        when(request.getHeader("Accept")).thenReturn("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        metrics().service(request, response);
        assertThat(text()).endsWith("# EOF\n");

        call("GET", "/x");
        metrics().service(request, response);
        assertThat(status).isEqualTo(404);

        call("DELETE", null);
        metrics().service(request, response);
        assertThat(status).isEqualTo(405);
        assertThat(headers.get("Allow")).contains("GET");
    }

    @Test
    void requestsAreTimedByTheTemplateOfTheirPath_R061() throws IOException, ServletException {
        call("GET", null);
        FilterChain chain = (in, out) -> {
            in.setAttribute("smo.route", "/graphs/{name}");
            in.setAttribute(
                    CallContext.PROPERTY,
                    CallContext.from("ada", new CallContext.Remote("", Map.of(), Set.of(), ""), "1")
                            .traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        };
        new RequestTimer(measurements).doFilter(request, response, chain);

        call("BREW", null);
        attributes.clear();
        new RequestTimer(measurements)
                .doFilter(request, response, (in, out) -> ((HttpServletResponse) out).setStatus(404));

        assertThat(measurements.openMetrics()).contains("trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\"");
        assertThat(measurements.text())
                .contains("smo_http_requests_seconds_count{method=\"GET\",route=\"/graphs/{name}\",status=\"200\"} 1")
                .contains("smo_http_requests_seconds_count{method=\"other\",route=\"unmatched\",status=\"404\"} 1");
    }

    @Test
    void requestsThatFailAreTimedToo() throws IOException, ServletException {
        call("GET", null);
        FilterChain chain = mock(FilterChain.class);
        doThrow(new IOException("gone")).when(chain).doFilter(any(), any());

        assertThatThrownBy(() -> new RequestTimer(measurements).doFilter(request, response, chain))
                .isInstanceOf(IOException.class);

        assertThat(measurements.text()).contains("route=\"unmatched\",status=\"500\"} 1");
    }

    private ServletOutputStream stream() {
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
                body.write(value);
            }
        };
    }
}
