// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static eu.nephele.smo.adapters.oci.FakeRegistry.TAR_LAYER;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.oci.FakeRegistry.Answer;
import eu.nephele.smo.adapters.oci.FakeRegistry.Asked;
import eu.nephele.smo.adapters.oci.FakeRegistry.Layer;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and secrets of the requests. */
@Timeout(30)
class LoginTest {

    private static final Layer LAYER = new Layer(TAR_LAYER, Tars.hdag("g", Tars.graph("g")), "");
    private static final String BASIC = "Basic " + base64("ada:geheim");

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final Digest digest = registry.artifact("a/b", "1", "application/json", LAYER);
    private Sut sut;

    @BeforeEach
    void prepare() {
        sut = new Sut(directory.resolve("cache")).plain(registry.host());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whileNobodyResolvesSecretsTheRegistryIsUnavailableAndNothingIsRefused() {
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.resolved = false;
        Expect.failure(Kind.UNAVAILABLE, this::fetch).withMessageContaining("No source of secrets is available");
    }

    @Test
    void theUserOfTheConfigurationAsks() {
        guard(asked -> BASIC.equals(asked.headers().get("authorization")), "WWW-Authenticate: Basic realm=\"x\"");
        Expect.failure(Kind.REFUSED, this::fetch).withMessageContaining("credentials (" + registry.host());

        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");
        assertThat(fetch()).isEqualTo(digest.toString());

        sut.secrets = Map.of("file:secret", "wrong-one");
        Expect.failure(Kind.REFUSED, this::fetch)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("wrong-one"));
    }

    @Test
    void aTokenOfTheConfigurationIsSentAsSuch() {
        guard(asked -> "Bearer t0ken".equals(asked.headers().get("authorization")));
        sut.logins = List.of(Login.parse(registry.host() + "=token:env:TOKEN"));
        sut.secrets = Map.of("env:TOKEN", "t0ken");

        assertThat(fetch()).isEqualTo(digest.toString());
    }

    @Test
    void aTokenThatNoHeaderMayHaveIsRefusedWithoutItsCharacters() {
        sut.logins = List.of(Login.parse(registry.host() + "=token:env:TOKEN"));
        sut.secrets = Map.of("env:TOKEN", "geheim\r\nX: y");

        Expect.failure(Kind.REFUSED, this::fetch)
                .satisfies(refused ->
                        assertThat(refused.getMessage() + refused.getCause()).doesNotContain("geheim"));
        assertThat(registry.asked).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:nowhere"));

        Expect.failure(Kind.REFUSED, this::fetch).withMessageContaining("file:nowhere");
    }

    @Test
    void theSecretIsSentToItsRegistryOnly() {
        sut.logins = List.of(Login.parse("other.example=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");

        fetch();

        assertThat(registry.asked).allMatch(asked -> !asked.headers().containsKey("authorization"));
    }

    @Test
    void theLoginsOfDockerAreUsed() throws IOException {
        guard(asked -> BASIC.equals(asked.headers().get("authorization")));
        docker("{\"auths\":{\"https://%s/v1/\":{\"auth\":\"%s\"}}}".formatted(registry.host(), base64("ada:geheim")));
        assertThat(fetch()).isEqualTo(digest.toString());

        sut = new Sut(directory.resolve("second")).plain(registry.host());
        docker("{\"auths\":{\"%s\":{\"username\":\"ada\",\"password\":\"geheim\"}}}".formatted(registry.host()));
        assertThat(fetch()).isEqualTo(digest.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credsStore\":\"desktop\"}",
                "{\"auths\":{\"HOST\":{}},\"credsStore\":\"desktop\"}",
                "{\"credHelpers\":{\"HOST\":\"ecr-login\"}}",
                "{\"auths\":{\"HOST\":{\"identitytoken\":\"geheim\"}}}",
                "{\"auths\":{\"HOST\":{\"auth\":\"geheim!\"}}}",
                "{\"auths\":{\"HOST\":{\"auth\":\"Z2VoZWlt\"}}}",
                "geheim {",
                "[]",
                "null",
            })
    void aConfigurationOfDockerThatCannotBeUsedIsRefusedWithoutItsSecret(String config) throws IOException {
        docker(config.replace("HOST", registry.host()));

        Expect.failure(Kind.REFUSED, this::fetch)
                .withMessageContaining("config.json")
                .satisfies(refused ->
                        assertThat(refused.getMessage() + refused.getCause()).doesNotContain("geheim"));
    }

    @Test
    void aTokenIsFetchedWhereTheRegistryAsksForOne() {
        AtomicInteger issued = tokens("/token");
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");

        assertThat(fetch()).isEqualTo(digest.toString());
        assertThat(issued.get()).isEqualTo(1);
        assertThat(registry.asked)
                .filteredOn(asked -> asked.path().startsWith("/token"))
                .allMatch(asked -> BASIC.equals(asked.headers().get("authorization")))
                .allMatch(asked -> asked.path().contains("repository"));
    }

    @Test
    void aTokenThatHasExpiredIsRenewed() {
        AtomicInteger issued = tokens("/token");
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");
        fetch();
        valid.set("none");

        assertThat(fetch()).isEqualTo(digest.toString());
        assertThat(issued.get()).isEqualTo(2);
    }

    @Test
    void aTokenOfALoginThatDoesNotHoldAnyMoreIsNotUsed() {
        tokens("/token");
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");
        fetch();

        sut.logins = List.of();
        Expect.failure(Kind.REFUSED, this::fetch).withMessageContaining("credentials");
        sut.logins = List.of(Login.parse(registry.host() + "=eve:file:secret"));
        Expect.failure(Kind.REFUSED, this::fetch);
    }

    @Test
    void aTokenIsFetchedOnceForAllThatIsAskedWithIt() {
        AtomicInteger issued = tokens("/token");
        sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
        sut.secrets = Map.of("file:secret", "geheim");
        fetch();
        OciArtifacts artifacts = sut.open();
        for (int i = 0; i < 3; i++) {
            artifacts.descriptor(registry.reference("a/b:1"));
        }
        artifacts.close();

        assertThat(issued.get()).isEqualTo(2);
    }

    @Test
    void aTokenServerThatSaysNoOrNonsenseIsAFailure() {
        tokens("/token");
        registry.on("/token", FakeRegistry.status(401));
        Expect.failure(Kind.REFUSED, this::fetch).withMessageContaining("credentials");
        registry.on("/token", FakeRegistry.status(503));
        Expect.failure(Kind.UNAVAILABLE, this::fetch);
        registry.on("/token", FakeRegistry.content(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
        Expect.failure(Kind.UNAVAILABLE, this::fetch);
    }

    @Test
    void whereARegistryRedirectsToNeitherGetsTheLoginNorNamesATokenServer() {
        try (FakeRegistry elsewhere = new FakeRegistry()) {
            sut.plain(registry.host(), elsewhere.host());
            sut.logins = List.of(Login.parse(registry.host() + "=ada:file:secret"));
            sut.secrets = Map.of("file:secret", "geheim");
            registry.on(
                    FakeRegistry.blob("a/b", LAYER),
                    FakeRegistry.status(307, "Location: http://" + elsewhere.host() + "/blob"));
            elsewhere.on(
                    "/blob",
                    FakeRegistry.status(
                            401, "WWW-Authenticate: Bearer realm=\"http://%s/token\"".formatted(elsewhere.host())));

            Expect.failure(Kind.REFUSED, this::fetch);

            assertThat(elsewhere.asked)
                    .extracting(Asked::path)
                    .as("no token is asked for")
                    .containsExactly("/blob");
            assertThat(elsewhere.asked).noneMatch(asked -> asked.headers().containsKey("authorization"));
        }
    }

    private final AtomicReference<String> valid = new AtomicReference<>("none");

    /** A token server that issues a token to ada, and a registry that requires it. */
    private AtomicInteger tokens(String path) {
        AtomicInteger issued = new AtomicInteger();
        registry.on(path, (asked, out) -> {
            if (!BASIC.equals(asked.headers().get("authorization"))) {
                FakeRegistry.status(401).write(asked, out);
                return;
            }
            valid.set("token-" + issued.incrementAndGet());
            byte[] answer = "{\"token\":\"%s\",\"expires_in\":300}"
                    .formatted(valid.get())
                    .getBytes(StandardCharsets.UTF_8);
            FakeRegistry.content(200, "application/json", answer).write(asked, out);
        });
        guard(
                asked -> ("Bearer " + valid.get()).equals(asked.headers().get("authorization")),
                "WWW-Authenticate: Bearer realm=\"http://%s%s\",service=\"test\",scope=\"repository:a/b:pull\""
                        .formatted(registry.host(), path));
        return issued;
    }

    private void guard(Predicate<Asked> good, String... headers) {
        for (String path :
                List.of("/v2/a/b/manifests/1", "/v2/a/b/manifests/" + digest, FakeRegistry.blob("a/b", LAYER))) {
            boolean blob = path.contains("blobs");
            byte[] content = blob
                    ? LAYER.content()
                    : FakeRegistry.manifest("application/json", LAYER).getBytes(StandardCharsets.UTF_8);
            Answer yes = FakeRegistry.content(
                    200, FakeRegistry.MANIFEST, content, blob ? "X: y" : "Docker-Content-Digest: " + digest);
            Answer no = FakeRegistry.status(401, headers);
            registry.on(path, (asked, out) -> (good.test(asked) ? yes : no).write(asked, out));
        }
    }

    private void docker(String config) throws IOException {
        sut.dockerConfig = Optional.of(Files.writeString(directory.resolve("config.json"), config));
    }

    private String fetch() {
        OciArtifacts artifacts = sut.open();
        try {
            return artifacts.descriptor(registry.reference("a/b:1")).digest();
        } finally {
            artifacts.close();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
