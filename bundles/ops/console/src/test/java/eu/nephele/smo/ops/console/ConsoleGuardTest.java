// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleGuardTest {

    private static final Principal ADMINISTRATOR = new Principal("admin", Set.of("admin"));
    private static final Principal ANYBODY = new Principal("anonymous", Set.of());

    private final Http http = new Http("GET");

    @Test
    void theAdministratorComesIn() {
        ConsoleGuard guard = new ConsoleGuard(call -> new Allowed(ADMINISTRATOR));
        assertThat(guard.admit(http.request, http.response)).contains(ADMINISTRATOR);
        assertThat(http.status()).isEqualTo(200);
        assertThat(http.headers).containsEntry("X-Frame-Options", "DENY").containsEntry("Cache-Control", "no-store");
    }

    @Test
    void aGateThatLetsAnybodyThroughIsNotEnough() {
        ConsoleGuard guard = new ConsoleGuard(call -> new Allowed(ANYBODY));
        assertThat(guard.admit(http.request, http.response)).isEmpty();
        assertThat(http.status()).isEqualTo(401);
    }

    @Test
    void somebodyWithoutTheRoleIsForbidden() {
        when(http.request.getHeader("Authorization")).thenReturn("Bearer operator");
        ConsoleGuard guard = new ConsoleGuard(call -> new Allowed(new Principal("operator", Set.of("operator"))));
        assertThat(guard.admit(http.request, http.response)).isEmpty();
        assertThat(http.status()).isEqualTo(403);
        assertThat(http.headers).doesNotContainKey("WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 503})
    void whatTheGateRefusesIsRefusedWithItsReason(int status) {
        ConsoleGuard guard = new ConsoleGuard(call -> new Denied(status, "no, because", Map.of()));
        assertThat(guard.admit(http.request, http.response)).isEmpty();
        assertThat(http.status()).isEqualTo(status);
        assertThat(http.body())
                .contains("\"status\":" + status, "\"detail\":\"no, because\"", "\"instance\":\"/system/console/smo\"");
    }

    /** Browsers show no dialog for "Bearer, Basic" in one header. */
    @Test
    void aBrowserIsAskedForBasicOnly() {
        AccessGate accessGate = call -> new Denied(401, "who?", Map.of("WWW-Authenticate", "Bearer, Basic"));
        assertThat(new ConsoleSecurity(new ConsoleGuard(accessGate)).authenticate(http.request, http.response))
                .isNull();
        assertThat(http.headers.get("WWW-Authenticate")).startsWith("Basic ").doesNotContain("Bearer");
    }

    @Test
    void theGateSeesTheHeadersAndTheConsoleAsThePath() {
        List<AccessGate.GatedRequest> calls = new ArrayList<>();
        when(http.request.getHeaderNames()).thenReturn(Collections.enumeration(List.of("Origin")));
        when(http.request.getHeader("Origin")).thenReturn("http://elsewhere.example");
        when(http.request.getRemoteAddr()).thenReturn("127.0.0.1");
        new ConsoleGuard(call -> {
                    calls.add(call);
                    return new Denied(403, "foreign", Map.of());
                })
                .admit(http.request, http.response);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/system/console");
            assertThat(call.header("origin")).contains("http://elsewhere.example");
        });
    }

    @Test
    void loggingOutAsksForThePasswordAnew() {
        new ConsoleSecurity(new ConsoleGuard(call -> new Allowed(ADMINISTRATOR))).logout(http.request, http.response);
        assertThat(http.status()).isEqualTo(401);
        assertThat(http.headers).containsKey("WWW-Authenticate");
    }
}
