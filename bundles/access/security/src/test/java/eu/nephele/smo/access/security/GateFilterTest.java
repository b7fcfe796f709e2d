// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.slf4j.MDC;

final class GateFilterTest {

    @TempDir
    Path data;

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final FilterChain chain = mock(FilterChain.class);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private GateFilter gateFilter;

    @BeforeEach
    void makeGate() throws IOException {
        gateFilter = new GateFilter(
                new GateFilter.GateSettings(
                        "127.0.0.1",
                        List.of(),
                        List.of("/system/console"),
                        List.of(),
                        false,
                        "operator",
                        Optional.empty()),
                Files.writeString(data.resolve("admin.token"), "secret"),
                true,
                RequestLimits.none());
        headers.put("Host", "localhost");
        when(request.getMethod()).thenReturn("GET");
        when(request.getHeaderNames()).thenAnswer(call -> Collections.enumeration(headers.keySet()));
        when(request.getHeader(anyString())).thenAnswer(call -> headers.get(call.<String>getArgument(0)));
        when(request.getHeaders(anyString()))
                .thenAnswer(call -> Collections.enumeration(
                        headers.containsKey(call.<String>getArgument(0))
                                ? List.of(headers.get(call.<String>getArgument(0)))
                                : List.of()));
        when(request.getRemoteAddr()).thenReturn("127.0.0.1");
        when(response.getOutputStream()).thenReturn(stream(body));
    }

    private void path(String context, String servlet) {
        when(request.getContextPath()).thenReturn(context);
        when(request.getServletPath()).thenReturn(servlet);
        when(request.getRequestURI()).thenReturn(context + servlet);
    }

    @Test
    void whatIsAllowedGoesThroughWithACorrelationId() throws IOException, ServletException {
        path("", "/clusters");
        headers.put("X-Correlation-Id", "mine-1");
        AtomicReference<String> logged = new AtomicReference<>();
        doAnswer(call -> {
                    logged.set(MDC.get("correlationId"));
                    return null;
                })
                .when(chain)
                .doFilter(any(), any());

        gateFilter.doFilter(request, response, chain);

        assertThat(logged.get()).isEqualTo("mine-1");
        assertThat(MDC.get("correlationId")).isNull();
        verify(response).setHeader("X-Correlation-Id", "mine-1");
        verify(request).setAttribute("smo.correlationId", "mine-1");
    }

    @Test
    void anInsaneCorrelationIdIsReplaced() throws IOException, ServletException {
        path("", "/clusters");
        headers.put("X-Correlation-Id", "x\r\nSet-Cookie: a=b");

        gateFilter.doFilter(request, response, chain);

        verify(response, never()).setHeader("X-Correlation-Id", headers.get("X-Correlation-Id"));
        verify(chain).doFilter(request, response);
    }

    @Test
    void otherContextsAreGuardedTooAndTheRefusalIsAProblem() throws IOException, ServletException {
        path("/system/console", "/bundles");

        gateFilter.doFilter(request, response, chain);

        verify(chain, never()).doFilter(any(), any());
        verify(response).setStatus(401);
        verify(response).setContentType("application/problem+json");
        assertThat(body.toString(StandardCharsets.UTF_8))
                .contains("\"type\":\"urn:smo:problem:unauthorized\"", "\"instance\":\"/system/console/bundles\"")
                .contains("\"correlationId\":\"")
                .doesNotContain("secret");
    }

    /** Gate and router read the same path; formerly the router took the raw path and the gate the canonical one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../system/console",
                "/system/./console",
                "/./system/console",
                "//system/console",
                "/system//console",
                "/system%2Fconsole",
                "/system%2fconsole",
                "/x/%2e%2e/system/console",
                "/x/%2E./system/console",
                "/system%5Cconsole",
                "/system\\console",
                "/system;x=y/console",
                "//api//v1/configurations/",
                "//api/v1//plugins/",
                "/api/v1/plugins;a=b",
                "/api;a/v1/plugins",
                "/system%3Bx/console",
                "/system%00/console",
                "/system%0A/console",
                "/system%25/console",
                "/system%2/console",
                "/system%zz/console",
                "/system%",
                "/system%c0%afconsole",
                "/..",
                "/a/..",
                "system/console",
                "*",
                ""
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String raw) throws IOException, ServletException {
        path("", raw);
        headers.put("Authorization", "Bearer secret");

        gateFilter.doFilter(request, response, chain);

        verify(chain, never()).doFilter(any(), any());
        verify(response).setStatus(400);
        assertThat(body.toString(StandardCharsets.UTF_8)).contains("\"type\":\"urn:smo:problem:invalid\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/system/console", "/system/console/", "/%73ystem/console", "/system/c%6Fnsole/b%20x"})
    void aPathIsJudgedByItsOneReading(String raw) throws IOException, ServletException {
        when(request.getServletPath()).thenReturn("/elsewhere");
        when(request.getRequestURI()).thenReturn(raw);

        gateFilter.doFilter(request, response, chain);

        verify(chain, never()).doFilter(any(), any());
        verify(response).setStatus(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Origin", "Authorization"})
    void aHeaderThatIsJudgedMayBeThereOnce(String name) throws IOException, ServletException {
        path("", "/clusters");
        when(request.getHeaders(name)).thenReturn(Collections.enumeration(List.of("localhost", "localhost")));

        gateFilter.doFilter(request, response, chain);

        verify(chain, never()).doFilter(any(), any());
        verify(response).setStatus(400);
    }

    @Test
    void theAdministratorsTokenIsAccepted() throws IOException, ServletException {
        path("/system/console", "/bundles");
        headers.put("Authorization", "Bearer secret");

        gateFilter.doFilter(request, response, chain);

        verify(chain).doFilter(request, response);
        ArgumentCaptor<Object> call = ArgumentCaptor.forClass(Object.class);
        verify(request).setAttribute(eq(CallContext.PROPERTY), call.capture());
        assertThat(call.getValue()).isInstanceOfSatisfying(CallContext.class, known -> {
            assertThat(known.origin().principal()).isEqualTo("admin");
            assertThat(known.remote().orElseThrow().roles()).containsOnly(Map.entry("", Set.of("admin")));
        });
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
