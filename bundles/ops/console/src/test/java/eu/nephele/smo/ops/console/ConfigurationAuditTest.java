// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationAuditTest {

    private static final FilterChain DONE = (request, response) -> {};

    private final List<AuditRecord> told = new ArrayList<>();
    private final ConfigurationAudit filter = new ConfigurationAudit(told::add);

    private Http sent(String method, String pid, int status, String... parameters) {
        Http http = new Http(method, parameters);
        when(http.request.getRequestURI()).thenReturn("/system/console/configMgr/" + pid);
        when(http.response.getStatus()).thenReturn(status);
        return http;
    }

    @Test
    void aSentConfigurationIsAuditedWithItsPidAndNoValue() throws Exception {
        Http http = sent(
                "POST", "eu.nephele.smo.core.shadow%7Eone", HttpServletResponse.SC_OK, "apply", "true", "a", "secret");
        filter.doFilter(http.request, http.response, DONE);
        assertThat(told).singleElement().satisfies(entry -> {
            assertThat(entry.principal()).isEqualTo("admin");
            assertThat(entry.sourceAddress()).isEqualTo("127.0.0.1");
            assertThat(entry.target()).isEqualTo("configuration/eu.nephele.smo.core.shadow~one");
            assertThat(entry.outcome()).isEqualTo("accepted");
            assertThat(entry.correlationId()).isEqualTo("c1");
            assertThat(entry.toString()).doesNotContain("secret");
        });
    }

    @Test
    void aNewInstanceIsReportedByItsFactory() throws Exception {
        Http http = sent(
                "POST", "[Temporary PID]", HttpServletResponse.SC_OK, "apply", "true", "factoryPid", "some.factory");
        filter.doFilter(http.request, http.response, DONE);
        assertThat(told).extracting(AuditRecord::target).containsExactly("configuration/some.factory");
    }

    @Test
    void failedChangesAreAuditedToo() throws Exception {
        Http refused = sent("POST", "p", HttpServletResponse.SC_FORBIDDEN, "apply", "true");
        filter.doFilter(refused.request, refused.response, DONE);
        Http broken = sent("POST", "p", HttpServletResponse.SC_OK, "unbind", "true");
        assertThatThrownBy(() -> filter.doFilter(broken.request, broken.response, (request, response) -> {
                    throw new ServletException("broken");
                }))
                .isInstanceOf(ServletException.class);
        assertThat(told).extracting(AuditRecord::outcome).containsExactly("failed", "failed");
    }

    @Test
    void readsAreNotAudited() throws Exception {
        for (String method : List.of("GET", "POST")) {
            Http http = sent(method, "p", HttpServletResponse.SC_OK, "post", "true");
            filter.doFilter(http.request, http.response, DONE);
        }
        assertThat(told).isEmpty();
    }
}
