// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.security.AccessPolicy.Identification;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Browsers with the cookie of a session, and credentials that are refused with a reason. */
class SessionRequestTest {

    private static final String COOKIE = "smo-session=smos_1_x";

    private static final Authenticator SESSIONS = authorization -> authorization.equals("Bearer smos_1_x")
            ? Optional.of(new Principal("corp:anna", Set.of("viewer"), Set.of(), "session/1"))
            : Optional.empty();

    private static final Authenticator TOKENS = authorization -> {
        if (authorization.startsWith("Bearer eyJ")) {
            throw SmoException.of(SmoException.Kind.UNAUTHENTICATED, "smo", "The token has expired", Optional.empty());
        }
        return Optional.empty();
    };

    private static AccessPolicy policy(Authenticator... authenticators) {
        return new AccessPolicy(
                new HostNames("10.0.0.7", List.of("smo.example")),
                new GuardedPaths(List.of("/system/console"), List.of()),
                new Identification(true, "operator", "etc/admin.token", () -> List.of(authenticators)),
                Optional.empty(),
                (who, verb, kind) -> false);
    }

    private static GateDecision check(String method, String path, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("host", "smo.example:8000"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return policy(TOKENS, SESSIONS).check(new GatedRequest(method, path, all, "10.0.0.9"));
    }

    private static int status(GateDecision decision) {
        return decision instanceof Denied denied ? denied.status() : 200;
    }

    @ParameterizedTest
    @CsvSource({
        "smo-session=smos_1_x, 200",
        "a=b; smo-session=smos_1_x; c=d, 200",
        "__Host-smo-session=smos_1_x, 200",
        // what only TLS can set counts, whatever somebody else has set beside it
        "smo-session=smos_2_y; __Host-smo-session=smos_1_x, 200",
        "__Host-smo-session=smos_2_y; smo-session=smos_1_x, 401",
        "smo-session=smos_1_x; smo-session=smos_2_y, 401",
        "smo-session=eyJhbGciOi.x.y, 401",
        "smo-session=, 401",
        "xsmo-session=smos_1_x, 401",
        "smo-session=smos_9_z, 401",
    })
    void theCookieOfASessionIsACredential(String cookie, int expected) {
        assertThat(status(check("GET", "/clusters", "cookie", cookie))).isEqualTo(expected);
    }

    @Test
    void aHeaderCountsBeforeACookie() {
        assertThat(status(check("GET", "/clusters", "cookie", COOKIE, "authorization", "Bearer other")))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', '', 200",
        "HEAD, '', cross-site, 200",
        "POST, '', '', 403",
        "DELETE, '', '', 403",
        "get, '', '', 403",
        "POST, http://smo.example:8000, '', 200",
        "PUT, http://smo.example:8000, same-origin, 200",
        "POST, '', same-origin, 200",
        // another program on this host has the same cookies
        "POST, http://smo.example:9000, same-site, 403",
        "POST, http://smo.example:9000, '', 403",
        "POST, http://smo.example, '', 403",
        "POST, http://evil.example, cross-site, 403",
        "POST, http://evil.example, '', 403",
        "POST, null, '', 403",
        "POST, '', none, 403",
        "POST, '', cross-site, 403",
    })
    void aChangeByACookieComesFromAPageOfThisServer(String method, String origin, String site, int expected) {
        Map<String, String> headers = new HashMap<>(Map.of("cookie", COOKIE));
        if (!origin.isEmpty()) {
            headers.put("origin", origin);
        }
        if (!site.isEmpty()) {
            headers.put("sec-fetch-site", site);
        }
        String[] all = headers.entrySet().stream()
                .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                .toArray(String[]::new);
        assertThat(status(check(method, "/api/v1/graphs", all))).isEqualTo(expected);
    }

    @Test
    void programsWithAHeaderNeedNoOrigin() {
        assertThat(status(check("POST", "/api/v1/graphs", "authorization", "Bearer smos_1_x", "cookie", COOKIE)))
                .isEqualTo(200);
    }

    @Test
    void aCookieThatIsOverIsTakenAway() {
        assertThat(check("GET", "/clusters", "cookie", "smo-session=smos_9_z"))
                .isInstanceOfSatisfying(Denied.class, denied -> assertThat(denied.headers())
                        .containsEntry("Set-Cookie", "smo-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
        assertThat(check("GET", "/clusters", "cookie", "__Host-smo-session=smos_9_z"))
                .isInstanceOfSatisfying(Denied.class, denied -> assertThat(denied.headers())
                        .containsEntry(
                                "Set-Cookie",
                                "__Host-smo-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"));
        assertThat(check("GET", "/clusters", "authorization", "Bearer none"))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.headers()).doesNotContainKey("Set-Cookie"));
    }

    @Test
    void whoRefusesATokenSaysWhyUnlessAnotherOneKnowsIt() {
        assertThat(check("GET", "/clusters", "authorization", "Bearer eyJ"))
                .isInstanceOfSatisfying(Denied.class, denied -> {
                    assertThat(denied.status()).isEqualTo(401);
                    assertThat(denied.detail()).startsWith("The token has expired");
                    assertThat(denied.headers()).containsKey("WWW-Authenticate");
                });
        Authenticator knows = authorization -> Optional.of(new Principal("other:anna", Set.of()));
        GatedRequest call = new GatedRequest(
                "GET", "/clusters", Map.of("host", "smo.example", "authorization", "Bearer eyJ"), "10.0.0.9");
        assertThat(policy(TOKENS, knows).check(call)).isInstanceOfSatisfying(Allowed.class, allowed -> assertThat(
                        allowed.principal().name())
                .isEqualTo("other:anna"));
    }

    @Test
    void aRefusedTokenIsNoAlertEither() {
        AccessPolicy policy = new AccessPolicy(
                new HostNames("10.0.0.7", List.of("smo.example")),
                new GuardedPaths(List.of(), List.of()),
                new Identification(true, "operator", "etc/admin.token", () -> List.of(TOKENS)),
                Optional.of(new AlertsSecret("env:ALERTS", () -> List.of(reference -> Optional.of("of-alerts")))),
                (who, verb, kind) -> false);
        GatedRequest call = new GatedRequest(
                "POST", AlertsSecret.PATH, Map.of("host", "smo.example", "authorization", "Bearer eyJ"), "10.0.0.9");
        assertThat(status(policy.check(call))).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /auth/login, 200",
        "GET, /auth/callback, 200",
        "GET, /auth/login/, 200",
        "POST, /auth/logout, 401",
        "GET, /auth, 401",
        "GET, /auth/login/x, 401",
        "GET, /auth/loginx, 401",
        "GET, /api/v1/session-providers, 200",
        "POST, /api/v1/session-providers/corp/authorizations, 200",
        "POST, /api/v1/session-providers/corp/sessions, 200",
        "GET, /api/v1/session-providersx, 401",
    })
    void loginsByIdentityProvidersBeginWithoutCredentials(String method, String path, int expected) {
        assertThat(status(check(method, path))).isEqualTo(expected);
        // whatever somebody still has from before
        if (expected == 200) {
            assertThat(check(method, path, "cookie", "smo-session=smos_9_z"))
                    .isInstanceOfSatisfying(
                            Allowed.class,
                            allowed -> assertThat(allowed.principal().roles()).isEmpty());
        }
        assertThat(status(check(method, path, "host", "evil.example"))).isEqualTo(403);
        assertThat(status(check(method, path, "origin", "http://evil.example"))).isEqualTo(403);
    }
}
