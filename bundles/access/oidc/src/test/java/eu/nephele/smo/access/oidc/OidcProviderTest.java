// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.access.oidc.token.IssuedTokens;
import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configured provider over HTTP, whose server is of the test's own: it has faults. */
class OidcProviderTest {

    private static final RSAKey KEY = IssuedTokens.rsa("k1");

    private record Served(int status, String type, String body) {}

    private final Map<String, Served> pages = new ConcurrentHashMap<>();
    private HttpServer server;
    private Optional<OidcProvider> provider = Optional.empty();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", call -> {
            Served page = pages.getOrDefault(call.getRequestURI().getPath(), new Served(404, "text/plain", "none"));
            byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", page.type());
            if (page.status() == 302) {
                call.getResponseHeaders().set("Location", page.body());
            }
            call.sendResponseHeaders(page.status(), body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        provider.ifPresent(OidcProvider::end);
        server.stop(0);
    }

    private String issuer() {
        return "http://127.0.0.1:%d/realms/shop".formatted(server.getAddress().getPort());
    }

    private void json(String path, String body) {
        pages.put(path, new Served(200, "application/json", body));
    }

    private void document(String keys) {
        json(
                "/realms/shop/.well-known/openid-configuration",
                "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/auth\",\"token_endpoint\":\"%s/token\",\"jwks_uri\":\"%s\"}"
                        .formatted(issuer(), issuer(), issuer(), keys));
    }

    static OidcConfig config(Map<String, Object> changes) {
        OidcConfig config = mock(OidcConfig.class, asked -> asked.getMethod().getDefaultValue());
        changes.forEach((name, value) -> {
            try {
                OidcConfig.class.getDeclaredMethod(name).invoke(doReturn(value).when(config));
            } catch (ReflectiveOperationException unknown) {
                throw new IllegalArgumentException(name, unknown);
            }
        });
        return config;
    }

    private OidcProvider open() {
        OidcProvider opened = new OidcProvider(
                new JdkHttpSystems(Path.of("")),
                config(Map.of("issuer", issuer(), "audience", IssuedTokens.AUDIENCE, "unknownKeySeconds", 1)),
                Map.of("service.pid", OidcProvider.PID + "~corp"));
        provider = Optional.of(opened);
        return opened;
    }

    private String token() {
        Instant end = Instant.now().plusSeconds(600);
        return "Bearer "
                + IssuedTokens.token(
                        KEY,
                        claims -> claims.issuer(issuer()).issueTime(new Date()).expirationTime(Date.from(end)));
    }

    private static void assertUnavailable(OidcProvider provider, String token) {
        assertThatThrownBy(() -> provider.authenticate(token))
                .isInstanceOfSatisfying(
                        SmoException.class, away -> assertThat(away.kind()).isEqualTo(SmoException.Kind.UNAVAILABLE));
    }

    @Test
    void itsKeysAreFoundByWhatItSaysOfItself() {
        document(issuer() + "/keys");
        json("/realms/shop/keys", IssuedTokens.published(KEY));
        OidcProvider provider = open();
        assertThat(provider.authenticate(token()).orElseThrow().name()).isEqualTo("corp:anna");
        assertThat(provider.name()).isEqualTo("corp");
        assertThat(provider.logins()).as("without a client").isEmpty();
    }

    @Test
    void itMayComeLater() {
        OidcProvider provider = open();
        assertUnavailable(provider, token());
        document(issuer() + "/keys");
        json("/realms/shop/keys", IssuedTokens.published(KEY));
        Await.until("the provider is known", () -> {
            try {
                return provider.authenticate(token()).isPresent();
            } catch (SmoException notYet) {
                return false;
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html>Sign in</html>",
        "200, application/json, '{\"keys\":[]}'",
        "500, text/plain, failed",
        "302, text/plain, http://127.0.0.1:1/keys",
        "404, text/plain, none",
    })
    void withoutKeysItsTokensWait(int status, String type, String body) {
        document(issuer() + "/keys");
        pages.put("/realms/shop/keys", new Served(status, type, body));
        assertUnavailable(open(), token());
    }

    @Test
    void anEndlessAnswerIsNotRead() {
        document(issuer() + "/keys");
        json("/realms/shop/keys", "{\"keys\":[" + " ".repeat(300 * 1024) + IssuedTokens.published(KEY) + "]}");
        assertUnavailable(open(), token());
    }

    @Test
    void anotherIssuersDocumentIsNotBelieved() {
        document(issuer() + "/keys");
        json("/realms/shop/keys", IssuedTokens.published(KEY));
        pages.computeIfPresent(
                "/realms/shop/.well-known/openid-configuration",
                (path, page) -> new Served(200, page.type(), page.body().replaceFirst("realms/shop", "realms/other")));
        assertUnavailable(open(), token());
    }

    @Test
    void plainHttpGoesToThisMachineOnly() {
        document("http://id.example/keys");
        assertUnavailable(open(), token());
    }

    @ParameterizedTest
    @CsvSource({
        "~corp, issuer, '', issuer",
        "~corp, issuer, http://id.example, issuer",
        "~corp, issuer, ftp://id.example, issuer",
        "~corp, issuer, 'https://id example', issuer",
        "~corp, audience, '', audience",
        "~corp, jwksUri, http://id.example/keys, jwksUri",
        "~corp, clientSecret, the-secret-itself, clientSecret",
        "~corp, userClaim, '', userClaim",
        "~corp, publicUrl, smo.example, publicUrl",
        "~corp, publicUrl, https://smo.example/path, publicUrl",
        "~group, userClaim, sub, provider",
        "~user, userClaim, sub, provider",
        "~key, userClaim, sub, provider",
        "~cert, userClaim, sub, provider",
        "~Corp, userClaim, sub, provider",
        "~a:b, userClaim, sub, provider",
        "'', userClaim, sub, provider",
        "~corp, provider, key, provider",
    })
    void aWrongValueIsNamed(String instance, String name, String value, String named) {
        Map<String, Object> changes = new HashMap<>(Map.of("issuer", "https://id.example", "audience", "smo"));
        changes.put(name, value);
        if (name.equals("clientSecret") || name.equals("publicUrl")) {
            changes.put("clientId", "smo");
        }
        assertThatThrownBy(() -> OidcSettings.from(config(changes), OidcProvider.PID + instance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(named)
                .hasMessageNotContaining("the-secret-itself");
    }

    @Test
    void onlyAsymmetricSignaturesCanBeConfigured() {
        for (String[] wrong : new String[][] {{"HS256"}, {"RS256", "none"}, {}, {"RS256,HS512"}}) {
            assertThatThrownBy(() -> OidcSettings.from(
                            config(Map.of("issuer", "https://id.example", "audience", "smo", "algorithms", wrong)),
                            OidcProvider.PID + "~corp"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("algorithms");
        }
        assertThatThrownBy(() -> OidcSettings.from(
                        config(Map.of(
                                "issuer", "https://id.example", "clientId", "smo", "scopes", new String[] {"profile"})),
                        OidcProvider.PID + "~corp"))
                .hasMessageContaining("openid");
    }

    @Test
    void whatIsNotGivenIsAsUsual() {
        OidcSettings settings = OidcSettings.from(
                config(Map.of("issuer", "https://id.example", "clientId", " smo ")), OidcProvider.PID + "~corp");
        assertThat(settings.provider()).isEqualTo("corp");
        assertThat(settings.rules().audience()).isEqualTo("smo");
        assertThat(settings.client().orElseThrow().scopes()).isEqualTo("openid profile");
        assertThat(settings.callers().userClaim()).isEqualTo("preferred_username");
        assertThat(settings.keys().kept()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.reach().system()).isEqualTo("oidc-corp");
    }
}
