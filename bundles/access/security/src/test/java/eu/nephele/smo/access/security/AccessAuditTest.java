// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccessAuditTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<AuditRecord> told = new ArrayList<>();
    private final AccessAudit audit = new AccessAudit(() -> Optional.of(told::add), nanos::get);

    private static HttpServletRequest from(String address, String authorization) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getRemoteAddr()).thenReturn(address);
        when(request.getRequestURI()).thenReturn("/clusters");
        when(request.getHeader("Authorization")).thenReturn(authorization);
        return request;
    }

    private List<String> said() {
        return told.stream()
                .map(entry -> entry.principal() + " " + entry.action() + " " + entry.outcome())
                .toList();
    }

    @Test
    void aCallerHasLoggedInOncePerAddressAndQuarterOfAnHour() {
        audit.admitted("anna", from("10.0.0.1", "Basic x"), "c");
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        audit.admitted("anna", from("10.0.0.1", "Basic x"), "c");
        assertThat(told).hasSize(1);
        audit.admitted("anna", from("10.0.0.2", "Basic x"), "c");
        assertThat(told).hasSize(2);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        audit.admitted("anna", from("10.0.0.1", "Basic x"), "c");
        assertThat(said()).hasSize(3).containsOnly("anna access.login accepted");
    }

    @Test
    void aCertificateIsALoginAndACallWithoutCredentialsIsNone() {
        audit.admitted("cert:probe", from("10.0.0.1", null), "c");
        audit.admitted("anonymous", from("10.0.0.1", "Bearer invented"), "c");
        assertThat(said()).containsExactly("cert:probe access.login accepted");
    }

    @Test
    void aRefusalSaysWhy() {
        audit.refused(401, from("10.0.0.1", "Bearer wrong"), "c");
        audit.refused(401, from("10.0.0.1", null), "c");
        audit.refused(403, from("10.0.0.1", "Bearer right"), "c");
        audit.refused(429, from("10.0.0.1", "Basic x"), "c");
        assertThat(said())
                .containsExactly(
                        "anonymous access.login unauthenticated",
                        "anonymous access.refuse unauthenticated",
                        "anonymous access.refuse forbidden",
                        "anonymous access.refuse throttled");
    }
}
