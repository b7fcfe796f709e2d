// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.security.AccessPolicy.Identification;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.core.contract.access.AccessGate.Allowed;
import eu.nephele.smo.core.contract.access.AccessGate.Denied;
import eu.nephele.smo.core.contract.access.AccessGate.GateDecision;
import eu.nephele.smo.core.contract.access.AccessGate.GatedRequest;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders of alerts need the secret. */
final class AlertsSecretTest {

    private static final Authenticator KNOWS_TWO = authorization -> switch (authorization) {
        case "Bearer right" -> Optional.of(new Principal("admin", Set.of("admin")));
        case "Bearer viewer" -> Optional.of(new Principal("eve", Set.of("viewer")));
        default -> Optional.empty();
    };

    @TempDir
    Path data;

    private GateDecision check(String address, String reference, String path, String authorization) {
        AccessPolicy policy = new AccessPolicy(
                new HostNames(address, List.of()),
                new GuardedPaths(List.of("/system/console"), List.of()),
                new Identification(false, "operator", "etc/admin.token", () -> List.of(KNOWS_TWO)),
                Optional.of(new AlertsSecret(
                        reference,
                        () -> List.of(new FileSecrets(data), new EnvironmentSecrets(Map.of("ALERTS", "s3cret"))))),
                (who, verb, kind) -> who.roles().contains("admin"));
        Map<String, String> headers = authorization.isEmpty()
                ? Map.of("host", "localhost:8000")
                : Map.of("host", "localhost:8000", "authorization", authorization);
        return policy.check(new GatedRequest("POST", path, headers, "127.0.0.1"));
    }

    private static int status(GateDecision gateDecision) {
        return gateDecision instanceof Denied denied ? denied.status() : 200;
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401",
        "Bearer s3cret, 200",
        "bearer s3cret, 200",
        "Bearer s3cre, 401",
        "Bearer s3cretx, 401",
        "Bearer, 401",
        "Digest s3cret, 401",
        "Bearer wrong, 401",
        "Bearer right, 200",
        "Bearer viewer, 403",
    })
    void alertsNeedTheSecretOrTheAdministratorsToken(String authorization, int expected) {
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/alerts", authorization)))
                .isEqualTo(expected);
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/alerts/", authorization)))
                .isEqualTo(expected);
    }

    @Test
    void theSecretIsThePasswordOfAnyUser() {
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/alerts", basic("alertmanager:s3cret"))))
                .isEqualTo(200);
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/alerts", basic("s3cret:alertmanager"))))
                .isEqualTo(401);
    }

    @Test
    void theSecretOpensAlertsAlsoWhereEverythingNeedsATokenAndOpensNothingElse() {
        assertThat(status(check("0.0.0.0", "env:ALERTS", "/alerts", "Bearer s3cret")))
                .isEqualTo(200);
        assertThat(status(check("0.0.0.0", "env:ALERTS", "/clusters", "Bearer s3cret")))
                .isEqualTo(401);
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/system/console", "Bearer s3cret")))
                .isEqualTo(401);
        assertThat(status(check("127.0.0.1", "env:ALERTS", "/clusters", ""))).isEqualTo(200);
        assertThat(check("127.0.0.1", "env:ALERTS", "/alerts", "Bearer s3cret"))
                .isEqualTo(new Allowed(new Principal("alerts", Set.of("deployer"))));
    }

    @Test
    void aSecretThatIsChangedHoldsAtOnce() throws IOException {
        Path file = Files.writeString(data.resolve("alerts"), "one\n");
        assertThat(status(check("127.0.0.1", "file:alerts", "/alerts", "Bearer one")))
                .isEqualTo(200);

        Files.writeString(file, "two\n");
        assertThat(status(check("127.0.0.1", "file:alerts", "/alerts", "Bearer one")))
                .isEqualTo(401);
        assertThat(status(check("127.0.0.1", "file:alerts", "/alerts", "Bearer two")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:OTHER", "file:missing", "file:empty", "file:huge", "s3cret", "vault:x"})
    void aSecretThatCannotBeHadRefusesEverybodyAndNamesTheKey(String reference) throws IOException {
        Files.writeString(data.resolve("empty"), "\n");
        Files.write(data.resolve("huge"), new byte[2_000_000]);

        for (String authorization : List.of("", "Bearer ", "Bearer s3cret", "Bearer right")) {
            assertThat(check("127.0.0.1", reference, "/alerts", authorization))
                    .isInstanceOfSatisfying(Denied.class, denied -> {
                        assertThat(denied.status()).isEqualTo(503);
                        assertThat(denied.detail())
                                .contains("alertsSecret", GateFilter.PID)
                                .doesNotContain(reference);
                        assertThat(denied.headers()).containsKey("Retry-After");
                    });
        }
    }

    @Test
    void theRefusalTellsHowAndNotWhat() {
        assertThat(check("127.0.0.1", "env:ALERTS", "/alerts", "Bearer wrong"))
                .isInstanceOfSatisfying(Denied.class, denied -> {
                    assertThat(denied.detail()).contains("alertsSecret").doesNotContain("s3cret", "wrong");
                    assertThat(new ProblemDetails(denied.status(), denied.detail()).bytes("/alerts", "c-1"))
                            .asString(StandardCharsets.UTF_8)
                            .contains("urn:smo:problem:unauthorized");
                });
    }
}
