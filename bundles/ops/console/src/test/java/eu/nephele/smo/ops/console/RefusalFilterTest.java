// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalFilterTest {

    private static final FilterChain NOT_FOUND = (request, response) -> {
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setStatus(404);
        answer.setContentType("text/html");
        answer.getWriter().print("<p>");
        answer.getOutputStream().write('<');
        answer.flushBuffer();
    };

    private final Http http = new Http("GET");

    private void asked(FilterChain chain) throws ServletException, IOException {
        new RefusalFilter().doFilter(http.request, http.response, chain);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*/*", "application/json"})
    void aPageOfARefusalIsAProblem(String accept) throws Exception {
        when(http.request.getHeader("Accept")).thenReturn(accept);
        asked(NOT_FOUND);
        assertThat(http.status()).isEqualTo(404);
        assertThat(http.body()).startsWith("{").contains("\"status\":404", "urn:smo:problem:not-found");
    }

    @Test
    void anErrorKeepsItsMessage() throws Exception {
        asked((request, response) -> ((HttpServletResponse) response).sendError(403, "no, because"));
        assertThat(http.status()).isEqualTo(403);
        assertThat(http.body()).contains("\"detail\":\"no, because\"");
    }

    @Test
    void aBrowserGetsThePage() throws Exception {
        when(http.request.getHeader("Accept")).thenReturn("text/html,*/*;q=0.8");
        asked(NOT_FOUND);
        assertThat(http.body()).startsWith("<p>");
    }

    @Test
    void whatIsNotRefusedStaysAsItIs() throws Exception {
        asked((request, response) -> {
            ((HttpServletResponse) response).setStatus(200);
            response.getWriter().print("fine");
        });
        assertThat(http.status()).isEqualTo(200);
        assertThat(http.body()).isEqualTo("fine");
    }

    /** The console lists them one by one, and stumbles when one has been removed meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json"})
    void aConfigurationThatGoesMeanwhileIsNoFaultOfTheServer(String accept) throws Exception {
        when(http.request.getHeader("Accept")).thenReturn(accept);
        asked((request, response) -> {
            throw new IllegalStateException("Configuration a.pid deleted");
        });
        assertThat(http.status()).isEqualTo(503);
        assertThat(http.headers).containsEntry("Retry-After", "1");
    }
}
