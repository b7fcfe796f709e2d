// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.kubernetes.ClusterAccess.AccessSettings;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretCache;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSecretsTest {

    private static final String REFERENCE = "k8s:smo/database/password";
    private static final Duration FRESH = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private PlayedApiServer cluster;
    private KubernetesClient admin;
    private KubernetesSecrets secrets;
    private String kubeconfig;
    private long now;

    @BeforeEach
    void start() throws IOException {
        cluster = new PlayedApiServer();
        kubeconfig = cluster.kubeconfig();
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build();
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("smo")
                        .endMetadata()
                        .build())
                .create();
        write(Map.of("password", "first\n", "user", "smo"));
        secrets = open(Optional.of("env:KUBECONFIG_OF_SECRETS"));
    }

    private KubernetesSecrets open(Optional<String> reference) {
        return new KubernetesSecrets(
                new AccessSettings(reference, folder, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                Map.of(),
                List.of(text -> text.equals("env:KUBECONFIG_OF_SECRETS") ? Optional.of(kubeconfig) : Optional.empty()),
                new SecretCache(FRESH, Duration.ofMinutes(5), () -> now));
    }

    @AfterEach
    void end() {
        secrets.close();
        admin.close();
        cluster.close();
    }

    private void write(Map<String, String> texts) {
        SecretBuilder secret = new SecretBuilder()
                .withNewMetadata()
                .withName("database")
                .withNamespace("smo")
                .endMetadata();
        texts.forEach((key, text) ->
                secret.addToData(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        admin.secrets().inNamespace("smo").resource(secret.build()).createOr(editable -> editable.update());
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private AdapterException failure(String reference) {
        return catchThrowableOfType(AdapterException.class, () -> secrets.resolve(reference));
    }

    @Test
    void aKeyOfASecretIsReadWithoutTheLineBreakAtItsEndAndWithNothingButGet() {
        int before = cluster.calls().size();
        assertThat(secrets.resolve(REFERENCE)).contains("first");
        assertThat(secrets.resolve("file:secrets/database")).isEmpty();
        assertThat(cluster.calls().subList(before, cluster.calls().size()))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.method()).isEqualTo("GET");
                    assertThat(call.path()).isEqualTo("/api/v1/namespaces/smo/secrets/database");
                    assertThat(call.query()).isEmpty();
                });
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(secrets.resolve("k8s:smo/database/other")).isEmpty();
        assertThat(secrets.resolve("k8s:smo/none/password")).isEmpty();
    }

    @Test
    void anotherValueCountsAfterAMomentWithoutARestart() {
        secrets.resolve(REFERENCE);
        write(Map.of("password", "second"));
        assertThat(secrets.resolve(REFERENCE)).contains("first");
        later(FRESH);
        assertThat(secrets.resolve(REFERENCE)).contains("second");
    }

    @Test
    void anotherKubeconfigIsTakenWithoutARestart() throws IOException {
        secrets.resolve(REFERENCE);
        try (PlayedApiServer another = new PlayedApiServer()) {
            kubeconfig = another.kubeconfig();
            later(FRESH);
            assertThat(secrets.resolve(REFERENCE))
                    .as("the other cluster has none")
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"401, REFUSED", "403, REFUSED", "429, UNAVAILABLE", "500, UNAVAILABLE", "503, UNAVAILABLE"})
    void eachStatusIsClassifiedAndTheReferenceIsNamed(int status, Kind kind) {
        cluster.refuse(call -> true, status);
        AdapterException failure = failure(REFERENCE);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageContaining(REFERENCE)
                .hasMessageContaining("HTTP " + status)
                .hasNoCause();
    }

    @Test
    void theLastValueCountsWhileTheApiServerIsAwayAndNotAfterARefusal() {
        secrets.resolve(REFERENCE);
        cluster.refuse(call -> true, 503);
        later(Duration.ofMinutes(4));
        assertThat(secrets.resolve(REFERENCE)).contains("first");
        cluster.refuse(call -> true, 403);
        later(FRESH);
        assertThat(failure(REFERENCE).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aServerThatIsGoneIsUnavailable() {
        cluster.close();
        assertThat(failure(REFERENCE).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aKubeconfigThatIsNoneIsNotRepeated() {
        for (String wrong : List.of("users: [{user: {token: the-secret", "just the-secret", "a: the-secret")) {
            kubeconfig = wrong;
            later(FRESH);
            AdapterException failure = failure(REFERENCE);
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure).hasMessageNotContaining("the-secret").hasNoCause();
        }
    }

    @Test
    void outsideOfAClusterTheRemedyIsNamed() {
        secrets.close();
        secrets = open(Optional.empty());
        assertThat(failure(REFERENCE)).hasMessageContaining("set kubeconfig");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s:database/password",
                "k8s:smo/database/",
                "k8s:smo/database/a/b",
                "k8s:SMO/database/a",
                "k8s:../database/a",
                "k8s:smo/../a",
                "k8s:smo/database/a b",
                "k8s:smo/database?x/a"
            })
    void anotherFormIsRefusedWithoutBeingRepeated(String reference) {
        int before = cluster.calls().size();
        AdapterException failure = failure(reference);
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("k8s:NAMESPACE/NAME/KEY").hasMessageNotContaining(reference);
        assertThat(cluster.calls()).hasSize(before);
    }
}
