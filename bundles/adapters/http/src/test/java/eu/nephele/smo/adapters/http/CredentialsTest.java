// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.http;

import static eu.nephele.smo.adapters.http.Opened.READ;
import static eu.nephele.smo.adapters.http.Opened.credentials;
import static eu.nephele.smo.adapters.http.Opened.failure;
import static eu.nephele.smo.adapters.http.Opened.settings;
import static eu.nephele.smo.adapters.http.Opened.systems;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials come from references, at each call, and are never shown. */
class CredentialsTest {

    private static final Credentials TOKEN = new Credentials.Bearer("file:token");

    @Test
    void aTokenIsReadAnewAtEveryCall() throws IOException {
        Map<String, String> secrets = new HashMap<>(Map.of("file:token", "first"));
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = systems(secrets).open(credentials(settings(server.url()), TOKEN))) {
            system.send(READ);
            secrets.put("file:token", "second");
            system.send(READ);
            assertThat(server.heads().get(0)).contains("Authorization: Bearer first");
            assertThat(server.heads().get(1)).contains("Authorization: Bearer second");
        }
    }

    @Test
    void userAndPasswordAreSentAsBasic() throws IOException {
        Credentials basic = new Credentials.Basic("jo", "file:pw");
        try (RawServer server = RawServer.json("{}");
                HttpSystem system =
                        systems(Map.of("file:pw", "sé:cret")).open(credentials(settings(server.url()), basic))) {
            system.send(READ);
            String pair = Base64.getEncoder().encodeToString("jo:sé:cret".getBytes(StandardCharsets.UTF_8));
            assertThat(server.heads().get(0)).contains("Authorization: Basic " + pair);
        }
    }

    @Test
    void aSystemThatRepeatsTheCredentialsDoesNotMakeThemKnown() throws IOException {
        try (RawServer server = RawServer.answering(401, Map.of(), "you sent Bearer hush-hush, which has expired");
                HttpSystem system =
                        systems(Map.of("file:token", "hush-hush")).open(credentials(settings(server.url()), TOKEN))) {
            AdapterException failure = failure(system, READ);
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure)
                    .hasMessageContaining("Bearer ***, which has expired")
                    .hasMessageContaining("see token")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void aReferenceToNothingIsRefusedAndNothingIsSent() throws IOException {
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = systems(Map.of()).open(credentials(settings(server.url()), TOKEN))) {
            AdapterException failure = failure(system, READ);
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.system()).isEqualTo("prometheus");
            assertThat(failure).hasMessage("Read things: the secret file:token does not exist (setting token)");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void aSecretThatIsNoHeaderIsRefusedAndNotRevealed() throws IOException {
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = systems(Map.of("file:token", "hush\nX-Admin: yes"))
                        .open(credentials(settings(server.url()), TOKEN))) {
            assertThat(failure(system, READ)).hasMessageContaining("file:token").hasMessageNotContaining("hush");
            assertThat(server.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFhush", "hush\u2019", "hush hush", "hush\u00E9"})
    void aTokenWithInvalidCharactersIsRefusedAndNotRevealed(String token) throws IOException {
        try (RawServer server = RawServer.json("{}");
                HttpSystem system =
                        systems(Map.of("file:token", token)).open(credentials(settings(server.url()), TOKEN))) {
            AdapterException failure = failure(system, READ);
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure)
                    .hasMessageContaining("file:token (setting token)")
                    .hasMessageNotContaining("hush");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void severalSourcesMayShareAScheme() throws IOException {
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        for (String known : List.of("other", "token", "third")) {
            SecretSource source = reference -> Optional.of("found").filter(any -> reference.equals("file:" + known));
            systems.addSecrets(source, Map.of(SecretSource.SCHEME, List.of("file", "vault")));
        }
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = systems.open(credentials(settings(server.url()), TOKEN))) {
            assertThat(system.send(READ).status()).isEqualTo(200);
        }
    }

    @Test
    void sourcesOfSecretsComeAndGo() throws IOException {
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        SecretSource source = reference -> Optional.of("late");
        try (RawServer server = RawServer.json("{}");
                HttpSystem system = systems.open(credentials(settings(server.url()), TOKEN))) {
            assertThat(failure(system, READ).kind()).isEqualTo(Kind.UNAVAILABLE);
            systems.addSecrets(source, Map.of(SecretSource.SCHEME, new String[] {"env", "file"}));
            assertThat(system.send(READ).status()).isEqualTo(200);
            systems.removeSecrets(source);
            assertThat(failure(system, READ)).hasMessageContaining("no SecretSource for the scheme file is available");
        }
    }

    @Test
    void aSourceThatFailsSaysSoInTheNameOfTheSystem() {
        JdkHttpSystems systems = new JdkHttpSystems(Path.of(""));
        systems.addSecrets(
                reference -> {
                    throw new AdapterException(Kind.REFUSED, "secrets", "token is a directory");
                },
                Map.of(SecretSource.SCHEME, "file"));
        try (HttpSystem system = systems.open(credentials(settings("http://127.0.0.1:1"), TOKEN))) {
            AdapterException failure = failure(system, READ);
            assertThat(failure.system()).isEqualTo("prometheus");
            assertThat(failure).hasMessage("Read things: token is a directory");
        }
    }
}
