// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.security.AccessPolicy.Identification;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessPolicyTest {

    private static final GuardedPaths GUARDED = guarded();

    private static GuardedPaths guarded() {
        return new GuardedPaths(of("guardedPaths"), of("guardedChanges"));
    }

    /** Guarded paths of the default configuration. */
    private static List<String> of(String property) {
        try {
            return List.of(
                    (String[]) SecurityConfig.class.getDeclaredMethod(property).getDefaultValue());
        } catch (NoSuchMethodException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static final Authenticator KNOWS_TWO = authorization -> switch (authorization) {
        case "Bearer right" -> Optional.of(new Principal("admin", Set.of("admin")));
        case "Bearer viewer" -> Optional.of(new Principal("eve", Set.of("viewer")));
        default -> Optional.empty();
    };

    private static AccessPolicy boundTo(String address, String... names) {
        return policy(new HostNames(address, List.of(names)), false, KNOWS_TWO);
    }

    /** A viewer may read what is of the server. */
    private static AccessPolicy policy(HostNames names, boolean required, Authenticator authenticator) {
        return new AccessPolicy(
                names,
                GUARDED,
                new Identification(required, "operator", "etc/admin.token", () -> List.of(authenticator)),
                Optional.empty(),
                (who, verb, kind) -> who.roles().contains("admin")
                        || (kind.equals("server")
                                && (verb == Verb.READ || who.roles().contains("operator"))));
    }

    private static int status(GateDecision gateDecision) {
        return gateDecision instanceof Denied denied ? denied.status() : 200;
    }

    private static GatedRequest call(String path, String... headers) {
        return callBy("GET", path, headers);
    }

    private static GatedRequest callBy(String method, String path, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("host", "localhost:8000"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new GatedRequest(method, path, all, "127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, /clusters, '', 200",
        "127.0.0.1, /api/v1/projects, '', 200",
        "127.0.0.1, /metrics, '', 200",
        "127.0.0.1, /lab/clusters/c1/fail, '', 200",
        "127.0.0.1, /api/v1/plugins, '', 200",
        "127.0.0.1, /api/v1/strategies, '', 200",
        "127.0.0.1, /api/v1/configurations/, '', 401",
        "127.0.0.1, /api/v1/configurations/x, '', 401",
        "127.0.0.1, /api/v1/configurationsx, '', 200",
        "127.0.0.1, /api/v1/configurations, '', 401",
        "127.0.0.1, /system/console/bundles, '', 401",
        "127.0.0.1, /system/console, Bearer right, 200",
        "127.0.0.1, /system/console, Bearer viewer, 403",
        "127.0.0.1, /system/console, Bearer wrong, 401",
        "10.0.0.7, /api/v1/plugins, '', 401",
        "10.0.0.7, /api/v1/plugins, Bearer viewer, 200",
        "127.0.0.1, /clusters, Bearer wrong, 401",
        "localhost, /clusters, '', 200",
        "::1, /clusters, '', 200",
        "0.0.0.0, /clusters, '', 401",
        "'', /clusters, '', 401",
        "10.0.0.7, /clusters, '', 401",
        "10.0.0.7, /clusters, Bearer viewer, 200",
        "10.0.0.7, /metrics, '', 401",
        "10.0.0.7, /docs, '', 401",
        "10.0.0.7, /health/live, '', 200",
        "10.0.0.7, /health/ready, '', 200",
        "10.0.0.7, /health/ready/x, '', 401",
    })
    void asksForATokenWhereOneIsNeeded(String address, String path, String authorization, int expected) {
        GatedRequest call = authorization.isEmpty() ? call(path) : call(path, "authorization", authorization);

        assertThat(status(boundTo(address).check(call))).isEqualTo(expected);
    }

    /** Whoever reaches a proxy on this machine is not on this machine. */
    @ParameterizedTest
    @CsvSource({
        "host, smo.example, 401",
        "host, smo.example:443, 401",
        "host, 127.0.0.1:8000, 200",
        "host, '[::1]:8000', 200",
        "forwarded, for=10.0.0.1, 401",
        "x-forwarded-for, 127.0.0.1, 401",
        "x-forwarded-host, localhost, 401",
        "x-forwarded-proto, https, 401",
        "x-real-ip, 10.0.0.1, 401",
        "via, 1.1 proxy, 401",
        "user-agent, curl, 200",
    })
    void aCallThroughAProxyNeedsCredentials(String header, String value, int expected) {
        AccessPolicy policy = boundTo("127.0.0.1", "smo.example");
        assertThat(status(policy.check(call("/api/v1/projects", header, value))))
                .isEqualTo(expected);
        assertThat(status(policy.check(call("/api/v1/projects", header, value, "authorization", "Bearer viewer"))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/plugins, 401",
        "post, /api/v1/plugins, 401",
        "POST, /api/v1/plugins/, 401",
        "DELETE, /api/v1/plugins/x, 401",
        "POST, /api/v1/plugins/x/upgrade, 401",
        "POST, /api/v1/plugins/x/stop, 401",
        "POST, /api/v1/signers/acme/keys, 401",
        "GET, /api/v1/signers, 200",
        "PATCH, /api/v1/plugins/x, 401",
        "GET, /api/v1/plugins/x/uses, 200",
        "HEAD, /api/v1/plugins, 200",
        "OPTIONS, /api/v1/plugins, 200",
        "POST, /api/v1/pluginsx, 200",
        "POST, /api/v1/strategies/placement/x/1.0/eject, 401",
        "POST, /api/v1/strategies/placement/x/1.0/let-in, 401",
        "GET, /api/v1/strategies/placement/x/1.0, 200",
        "POST, /api/v1/shadows, 200",
        "DELETE, /api/v1/shadows/s1, 200",
        "POST, /api/v1/shadows/s1/promote, 401",
        "POST, /api/v1/shadows/s1/promote/, 401",
        "POST, /api/v1/shadows/promote, 200",
        "POST, /api/v1/replays, 200",
        "POST, /api/v1/infrastructure/rack, 401",
        "DELETE, /api/v1/infrastructure/rack/items/c1, 401",
        "PUT, /api/v1/kinds/infrastructure/resources/c1, 401",
        "PUT, /api/v1/kinds/infrastructure/resources/c1/, 401",
        "DELETE, /api/v1/kinds/infrastructure/resources/c1, 401",
        "delete, /api/v1/kinds/infrastructure/resources/c1, 401",
        "PATCH, /api/v1/kinds/infrastructure, 401",
        "GET, /api/v1/kinds/infrastructure/resources/c1, 200",
        "PUT, /api/v1/kinds/infrastructurex/resources/c1, 200",
        "PUT, /api/v1/kinds/zone/resources/infrastructure, 200",
        "PUT, /api/v1/kinds/zone/resources/c1, 200",
        "POST, /api/v1/runtime/profile, 401",
        "POST, /api/v1/runtime/diagnosis, 401",
        "GET, /api/v1/runtime, 200",
        "POST, /project/p/graphs, 200",
        "POST, /system/console/bundles, 401",
        "DELETE, /system/console, 401",
    })
    void changesThatDecideWhoDecidesNeedCredentialsEverywhere(String method, String path, int expected) {
        int known = path.startsWith("/system/console") ? 403 : 200;
        for (String address : List.of("127.0.0.1", "localhost", "::1")) {
            AccessPolicy policy = boundTo(address);
            assertThat(status(policy.check(callBy(method, path)))).as(address).isEqualTo(expected);
            assertThat(status(policy.check(callBy(method, path, "authorization", "Bearer viewer"))))
                    .isEqualTo(known);
            assertThat(status(policy.check(callBy(method, path, "authorization", "Bearer right"))))
                    .isEqualTo(200);
        }
        assertThat(status(boundTo("0.0.0.0").check(callBy(method, path)))).isEqualTo(401);
        assertThat(status(boundTo("0.0.0.0").check(callBy(method, path, "authorization", "Bearer viewer"))))
                .isEqualTo(known);
    }

    @Test
    void theConsoleAsksABrowserForAPasswordAndForNothingElse() {
        for (String path : List.of("/system/console", "/system/console/smo")) {
            assertThat(boundTo("127.0.0.1").check(call(path)))
                    .isInstanceOfSatisfying(Denied.class, denied -> assertThat(denied.headers())
                            .containsEntry("WWW-Authenticate", "Basic realm=\"smo\", charset=\"UTF-8\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8000, 200",
        "127.0.0.1, 200",
        "[::1]:8000, 200",
        "LOCALHOST, 200",
        "smo.example:8000, 401",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example:80, 403",
    })
    void refusesForeignHosts(String host, int expected) {
        assertThat(status(boundTo("127.0.0.1", "smo.example").check(call("/clusters", "host", host))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, 200",
        "http://127.0.0.1:8000, 200",
        // another program on this machine
        "http://localhost:3000, 403",
        "http://127.0.0.1:8001, 403",
        "http://[::1]:3000, 403",
        "http://localhost, 403",
        "https://localhost, 403",
        "https://smo.example, 200",
        "https://smo.example:8443, 200",
        "http://[::1]:8000, 200",
        "http://evil.example, 403",
        "null, 403",
        "http://localhost.evil.example, 403",
        "http://evil.example/localhost, 403",
        "'http://bad host', 403",
    })
    void refusesForeignOrigins(String origin, int expected) {
        assertThat(status(boundTo("127.0.0.1", "smo.example").check(call("/clusters", "origin", origin))))
                .isEqualTo(expected);
    }

    @Test
    void aForeignPageIsRefusedEvenWithTheToken() {
        GatedRequest call = call("/clusters", "origin", "http://evil.example", "authorization", "Bearer right");

        assertThat(status(boundTo("127.0.0.1").check(call))).isEqualTo(403);
    }

    @Test
    void theAddressThatTheServerIsBoundToIsOneOfItsNames() {
        GatedRequest call = call("/clusters", "host", "10.0.0.7:8000", "authorization", "Bearer right");

        assertThat(status(boundTo("10.0.0.7").check(call))).isEqualTo(200);
    }

    @Test
    void probesNeedNeitherNameNorToken() {
        assertThat(status(boundTo("0.0.0.0").check(call("/health/ready", "host", "10.1.2.3:8000"))))
                .isEqualTo(200);
    }

    @Test
    void saysWhereTheTokenIsAndNotWhatItIs() {
        GateDecision gateDecision = boundTo("127.0.0.1").check(call("/api/v1/configurations"));

        assertThat(gateDecision).isInstanceOfSatisfying(Denied.class, denied -> {
            assertThat(denied.detail()).contains("etc/admin.token").doesNotContain("right");
            assertThat(denied.headers().get("WWW-Authenticate"))
                    .contains("Bearer")
                    .contains("Basic");
        });
    }

    @Test
    void knowsWhoIsAsking() {
        assertThat(boundTo("127.0.0.1").check(call("/clusters", "authorization", "Bearer viewer")))
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.principal().name()).isEqualTo("eve"));
        assertThat(boundTo("127.0.0.1").check(call("/clusters")))
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.principal().roles()).containsExactly("operator"));
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, 200",
        "/lab/clusters/c1/fail, 403",
        "/lab, 403",
        "/laboratory, 200",
    })
    void whatIsOfTheServerAndHasNoDoorNeedsARightOfTheServer(String path, int expected) {
        assertThat(status(boundTo("10.0.0.7").check(call(path, "authorization", "Bearer viewer"))))
                .isEqualTo(expected);
        assertThat(status(boundTo("10.0.0.7").check(call(path, "authorization", "Bearer right"))))
                .isEqualTo(200);
    }

    /** A grant that is narrowed to a verb does not make an administrator. */
    @Test
    void whoMayNotEverythingWithConfigurationsDoesNotAdminister() {
        AccessPolicy policy = new AccessPolicy(
                new HostNames("", List.of()),
                GUARDED,
                new Identification(false, "operator", "etc/admin.token", () -> List.of(KNOWS_TWO)),
                Optional.empty(),
                (who, verb, kind) -> verb == Verb.OPERATE);
        assertThat(status(policy.check(call("/system/console", "authorization", "Bearer viewer"))))
                .isEqualTo(403);
    }

    @Test
    void theLoginNeedsNoCredentialsAndGivesNoRole() {
        AccessPolicy strict = boundTo("10.0.0.7");
        assertThat(strict.check(callBy("POST", "/api/v1/sessions")))
                .isInstanceOfSatisfying(
                        Allowed.class,
                        allowed -> assertThat(allowed.principal().roles()).isEmpty());
        assertThat(status(strict.check(callBy("GET", "/api/v1/sessions")))).isEqualTo(401);
        assertThat(status(strict.check(callBy("POST", "/api/v1/sessions/x")))).isEqualTo(401);
        assertThat(status(strict.check(callBy("POST", "/api/v1/sessions", "host", "evil.example"))))
                .isEqualTo(403);
    }

    @Test
    void whoFailedTooOftenIsToldWhenToTryAgain() {
        AccessPolicy policy = policy(new HostNames("", List.of()), false, authorization -> {
            throw SmoException.of(SmoException.Kind.THROTTLED, "smo", "too often", Optional.of(Duration.ofSeconds(8)));
        });
        assertThat(policy.check(call("/clusters", "authorization", "Basic x")))
                .isEqualTo(new Denied(429, "too often", Map.of("Retry-After", "8")));
    }

    @Test
    void whileNobodyCanSayWhoItIsItIsUnavailable() {
        AccessPolicy policy = policy(new HostNames("", List.of()), false, authorization -> {
            throw SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", "not loaded", Optional.empty());
        });
        assertThat(status(policy.check(call("/clusters", "authorization", "Bearer x"))))
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aTokenCanBeRequiredOnLoopbackToo(String address) {
        AccessPolicy strict = policy(new HostNames(address, List.of()), true, KNOWS_TWO);

        assertThat(status(strict.check(call("/clusters")))).isEqualTo(401);
        assertThat(status(strict.check(call("/health/live")))).isEqualTo(200);
    }
}
