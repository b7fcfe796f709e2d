// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultSecretsTest {

    private static final String GRAFANA = "vault:kv/smo/grafana#password";

    @TempDir
    Path folder;

    private VaultPlayer vault;
    private final Map<String, String> own =
            new HashMap<>(Map.of("env:VAULT_TOKEN", "hvs.own", "env:SECRET_ID", "the-secret-id"));
    private final SecretSource ownSecrets = reference -> Optional.ofNullable(own.get(reference));
    private Optional<VaultSecrets> opened = Optional.empty();
    private long now;

    @BeforeEach
    void start() throws IOException {
        vault = new VaultPlayer();
        vault.token("hvs.own", 3600);
        vault.write("kv/smo/grafana", Map.of("password", "first", "port", 3000));
    }

    @AfterEach
    void end() {
        opened.ifPresent(VaultSecrets::close);
        vault.close();
    }

    private VaultSecrets secrets(Map<String, Object> settings) {
        VaultSecrets secrets = new VaultSecrets(
                VaultSettings.from(config(vault.url(), settings)),
                new JdkHttpSystems(folder),
                List.of(ownSecrets),
                () -> now,
                false);
        opened = Optional.of(secrets);
        return secrets;
    }

    private VaultSecrets byToken() {
        return secrets(Map.of("token", "env:VAULT_TOKEN"));
    }

    private static VaultConfig config(String url, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("url", url);
        return (VaultConfig) Proxy.newProxyInstance(
                VaultConfig.class.getClassLoader(),
                new Class<?>[] {VaultConfig.class},
                (proxy, method, args) -> all.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private static AdapterException failure(VaultSecrets secrets, String reference) {
        return catchThrowableOfType(AdapterException.class, () -> secrets.resolve(reference));
    }

    @Test
    void versionsAndMountsAreReadAsTheDocumentsSay() {
        vault.write("legacy/smo/db", Map.of("password", "old engine"));
        vault.write("team/kv/db", Map.of("password", "deep mount"));
        VaultSecrets secrets =
                secrets(Map.of("token", "env:VAULT_TOKEN", "mounts", new String[] {"legacy=1", "team/kv=2"}));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        assertThat(secrets.resolve("vault:kv/smo/grafana#port")).contains("3000");
        assertThat(secrets.resolve("vault:legacy/smo/db#password")).contains("old engine");
        assertThat(secrets.resolve("vault:team/kv/db#password")).contains("deep mount");
        assertThat(secrets.resolve("file:secrets/x")).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmptyAlsoWhenItsVersionWasDeleted() {
        VaultSecrets secrets = byToken();
        assertThat(secrets.resolve("vault:kv/smo/none#password")).isEmpty();
        assertThat(secrets.resolve("vault:kv/smo/grafana#other")).isEmpty();
        vault.deleteLatest("kv/smo/grafana");
        assertThat(secrets.resolve(GRAFANA)).isEmpty();
    }

    @Test
    void aNewVersionCountsAfterAMomentWithoutARestart() {
        VaultSecrets secrets = byToken();
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        vault.write("kv/smo/grafana", Map.of("password", "second"));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        later(Duration.ofSeconds(10));
        assertThat(secrets.resolve(GRAFANA)).contains("second");
    }

    @Test
    void anotherTokenIsTakenFromItsFileAndTheNamespaceIsSent() {
        vault.onlyInNamespace("teams/smo");
        VaultSecrets secrets = secrets(Map.of("token", "env:VAULT_TOKEN", "namespace", "teams/smo/"));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        vault.revokeAll();
        vault.token("hvs.next", 60);
        own.put("env:VAULT_TOKEN", "hvs.next");
        later(Duration.ofSeconds(10));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
    }

    @Test
    void aLoginByAppRoleIsMadeOnceAndAgainWhenItsTokenIsRevoked() {
        VaultSecrets secrets = secrets(Map.of("auth", "approle", "roleId", "the-role", "secretId", "env:SECRET_ID"));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        assertThat(secrets.resolve("vault:kv/smo/grafana#port")).contains("3000");
        assertThat(logins()).isEqualTo(1);
        vault.revokeAll();
        vault.secretId("rotated");
        own.put("env:SECRET_ID", "rotated");
        later(Duration.ofSeconds(10));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        assertThat(logins()).isEqualTo(2);
    }

    private long logins() {
        return vault.calls().stream().filter(call -> call.endsWith("/login")).count();
    }

    @Test
    void theServiceAccountOfAPodLogsInWithTheTokenThatItsFileHasThen() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "the-jwt\n");
        VaultSecrets secrets = secrets(Map.of(
                "auth", "kubernetes", "authPath", "cluster", "role", "smo", "serviceAccountToken", file.toString()));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        vault.revokeAll();
        vault.jwt("the next");
        Files.writeString(file, "the next");
        later(Duration.ofSeconds(10));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
    }

    @Test
    void tokensAreRenewedWhenAThirdOfTheirTimeIsLeft() {
        VaultSecrets secrets = secrets(Map.of("auth", "approle", "roleId", "the-role", "secretId", "env:SECRET_ID"));
        secrets.resolve(GRAFANA);
        later(Duration.ofSeconds(39));
        secrets.tend();
        assertThat(vault.calls()).doesNotContain("POST /v1/auth/token/renew-self");
        later(Duration.ofSeconds(1));
        secrets.tend();
        assertThat(vault.calls()).containsOnlyOnce("POST /v1/auth/token/renew-self");
        later(Duration.ofSeconds(30));
        secrets.resolve(GRAFANA);
        assertThat(logins()).as("the renewed one counts").isEqualTo(1);
        later(Duration.ofSeconds(60));
        secrets.resolve(GRAFANA);
        assertThat(logins()).as("nobody renewed it").isEqualTo(2);
    }

    @Test
    void aTokenThatWasProvidedIsRenewedToo() {
        vault.token("hvs.own", 30);
        VaultSecrets secrets = byToken();
        secrets.resolve(GRAFANA);
        secrets.tend();
        later(Duration.ofSeconds(20));
        secrets.tend();
        assertThat(vault.calls())
                .containsSubsequence("GET /v1/auth/token/lookup-self", "POST /v1/auth/token/renew-self");
    }

    @Test
    void aTokenWithoutAnEndIsLookedAtOnce() {
        vault.token("hvs.own", 0);
        VaultSecrets secrets = byToken();
        secrets.resolve(GRAFANA);
        for (int i = 0; i < 3; i++) {
            secrets.tend();
            later(Duration.ofSeconds(20));
        }
        assertThat(vault.calls())
                .containsOnlyOnce("GET /v1/auth/token/lookup-self")
                .doesNotContain("POST /v1/auth/token/renew-self");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "403, REFUSED, policy",
        "405, REFUSED, HTTP 405",
        "307, REFUSED, set url to the address that answers",
        "412, UNAVAILABLE, caught up",
        "429, UNAVAILABLE, too many requests",
        "472, UNAVAILABLE, stands by",
        "473, UNAVAILABLE, stands by",
        "500, UNAVAILABLE, no leader",
        "502, UNAVAILABLE, no leader",
        "503, UNAVAILABLE, Vault is sealed; unseal it",
        "504, TIMED_OUT, no leader"
    })
    void eachStatusIsClassifiedAndExplainedAndNothingIsRepeated(int status, Kind kind, String why) {
        VaultSecrets secrets = byToken();
        vault.serve(Optional.of(status));
        AdapterException failure = failure(secrets, GRAFANA);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.system()).isEqualTo("vault");
        assertThat(failure).hasMessageContaining(GRAFANA).hasMessageContaining(why);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("hvs.own");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void aLoginThatIsRefusedDoesNotTellItsCredentials(int status) {
        vault.serve(Optional.of(status));
        VaultSecrets secrets = secrets(Map.of("auth", "approle", "roleId", "the-role", "secretId", "env:SECRET_ID"));
        AdapterException failure = failure(secrets, GRAFANA);
        assertThat(failure).hasMessageContaining("AppRole");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("the-secret-id").doesNotContain("the-role");
    }

    @Test
    void theLastValueCountsWhileVaultIsSealedForAsLongAsItIsConfigured() {
        VaultSecrets secrets = secrets(Map.of("token", "env:VAULT_TOKEN", "keptMinutes", 5));
        secrets.resolve(GRAFANA);
        vault.serve(Optional.of(503));
        later(Duration.ofMinutes(4));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
        later(Duration.ofMinutes(2));
        assertThat(failure(secrets, GRAFANA).kind()).isEqualTo(Kind.UNAVAILABLE);
        vault.serve(Optional.empty());
        later(Duration.ofSeconds(10));
        assertThat(secrets.resolve(GRAFANA)).contains("first");
    }

    @Test
    void aRevokedPermissionTakesTheValueAwayAtOnce() {
        VaultSecrets secrets = byToken();
        secrets.resolve(GRAFANA);
        vault.revokeAll();
        later(Duration.ofSeconds(10));
        assertThat(failure(secrets, GRAFANA).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aSilentVaultIsLeftAloneAfterTheTimeOut() {
        CountDownLatch end = new CountDownLatch(1);
        vault.silent(Optional.of(end));
        try {
            VaultSecrets secrets = secrets(Map.of("token", "env:VAULT_TOKEN", "timeoutMillis", 200));
            assertThat(failure(secrets, GRAFANA).kind()).isEqualTo(Kind.TIMED_OUT);
            int calls = vault.calls().size();
            assertThat(failure(secrets, GRAFANA).kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(vault.calls()).as("not asked again for a moment").hasSize(calls);
        } finally {
            end.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vault:kv#a",
                "vault:kv/a",
                "vault:kv/../sys/raw#a",
                "vault:kv/./a#b",
                "vault:kv/a b#c",
                "vault:/kv/a#b",
                "vault:kv/a#b#c",
                "vault:kv/a?version=1#b",
                "vault:kv/%2e%2e/a#b"
            })
    void anotherFormIsRefusedWithoutBeingRepeated(String reference) {
        AdapterException failure = failure(byToken(), reference);
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("vault:MOUNT/PATH#KEY").hasMessageNotContaining(reference);
        assertThat(vault.calls()).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "url, ''",
        "token, hvs.plain-text",
        "token, vault:kv/a#b",
        "auth, magic",
        "mounts, kv",
        "namespace, a b",
        "cacheSeconds, 0"
    })
    void aWrongPropertyIsNamedWithoutItsText(String key, String value) {
        Map<String, Object> settings = new HashMap<>(Map.of("token", "env:VAULT_TOKEN"));
        settings.put(
                key,
                switch (key) {
                    case "mounts" -> new String[] {value};
                    case "cacheSeconds" -> Integer.valueOf(value);
                    default -> value;
                });
        assertThatThrownBy(() -> VaultSettings.from(config(vault.url(), settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("hvs.plain-text");
    }
}
