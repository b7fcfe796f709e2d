// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.nephele.smo.adapters.kubernetes.ClusterAccess.AccessSettings;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.SecretCache;
import eu.nephele.smo.lab.testbed.components.Binaries;
import eu.nephele.smo.lab.testbed.components.KubernetesServer;
import eu.nephele.smo.lab.testbed.components.KubernetesSpec;
import eu.nephele.smo.lab.testbed.components.MissingComponentException;
import eu.nephele.smo.lab.testbed.components.Processes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real API server, which takes the manifests of docs/operate/kubernetes, and gives this adapter the rights in them and no others. */
@Tag("api-server")
class RealSecretsTest {

    private static final Path MANIFESTS = Path.of("../../../docs/operate/kubernetes");
    private static final String ACCOUNT = "system:serviceaccount:smo:smo";

    @TempDir
    static Path folder;

    private static KubernetesServer server;
    private static KubernetesClient admin;
    private static long now;

    @BeforeAll
    static void start() throws Exception {
        try {
            server = KubernetesServer.start(
                    new KubernetesSpec("secrets", List.of(), List.of(ACCOUNT), false),
                    folder,
                    Binaries.ofThisMachine(),
                    new Processes(folder.resolve("logs")));
        } catch (MissingComponentException absent) {
            String line = absent.getMessage() + ": tests with a real API server are skipped";
            System.err.println(line.toUpperCase(Locale.ROOT));
            assumeTrue(false, line);
        }
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(server.kubeconfig())))
                .build();
        for (HasMetadata object : manifests()) {
            admin.resource(object).create();
        }
    }

    @AfterAll
    static void end() throws IOException {
        if (admin != null) {
            admin.close();
            server.close();
        }
    }

    private static List<HasMetadata> manifests() throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    all.addAll(admin.load(in).items());
                }
            }
        }
        // as kubectl does it: namespaces first
        all.sort(java.util.Comparator.comparing(object -> !object.getKind().equals("Namespace")));
        return all;
    }

    @Test
    void theManifestsAreTakenAndTheAccountReadsTheNamedSecretsAndNoOthers() throws IOException {
        KubernetesSecrets secrets = new KubernetesSecrets(
                new AccessSettings(
                        Optional.of("file:kubeconfig"), folder, Duration.ofSeconds(5), Duration.ofSeconds(10)),
                Map.of(),
                List.of(reference -> Optional.of(text(server.kubeconfig(ACCOUNT)))),
                new SecretCache(Duration.ofSeconds(10), Duration.ofMinutes(5), () -> now));
        try {
            assertThat(secrets.resolve("k8s:smo/smo-database/password")).contains("REPLACE-ME");
            Secret database =
                    admin.secrets().inNamespace("smo").withName("smo-database").get();
            database.getData()
                    .put(
                            "password",
                            Base64.getEncoder()
                                    .encodeToString("rotated".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            admin.secrets().inNamespace("smo").resource(database).update();
            now += Duration.ofSeconds(10).toNanos();
            assertThat(secrets.resolve("k8s:smo/smo-database/password")).contains("rotated");
            assertThat(secrets.resolve("k8s:smo/smo-grafana/token")).isPresent();
            assertThat(secrets.resolve("k8s:smo/smo-registry/password")).isPresent();

            AdapterException other = catchThrowableOfType(
                    AdapterException.class, () -> secrets.resolve("k8s:smo/somebody-elses/password"));
            assertThat(other.kind()).isEqualTo(Kind.REFUSED);
            assertThat(other).hasMessageContaining("403");
            assertThat(catchThrowableOfType(
                                    AdapterException.class, () -> secrets.resolve("k8s:default/smo-database/password"))
                            .kind())
                    .isEqualTo(Kind.REFUSED);
        } finally {
            secrets.close();
        }
    }

    @Test
    void inAPodTheFilesOfItsServiceAccountAreEnough(@TempDir Path account) throws IOException {
        Files.copy(server.authority(), account.resolve("ca.crt"));
        Files.writeString(
                account.resolve("token"),
                Config.fromKubeconfig(text(server.kubeconfig(ACCOUNT))).getAutoOAuthToken());
        KubernetesSecrets secrets = new KubernetesSecrets(
                new AccessSettings(Optional.empty(), account, Duration.ofSeconds(5), Duration.ofSeconds(10)),
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        server.url().getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        String.valueOf(server.url().getPort())),
                List.of(),
                new SecretCache(Duration.ofSeconds(10), Duration.ofMinutes(5), () -> now));
        try {
            assertThat(secrets.resolve("k8s:smo/smo-grafana/token")).isPresent();
            assertThat(catchThrowableOfType(
                            AdapterException.class, () -> secrets.resolve("k8s:smo/somebody-elses/password")))
                    .hasMessageContaining("403");
        } finally {
            secrets.close();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
