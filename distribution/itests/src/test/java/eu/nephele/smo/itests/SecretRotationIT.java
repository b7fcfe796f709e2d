// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A secret is changed where it is kept, and the next calls of a running server use it: those to Grafana, to a registry and to an identity
 * provider, and those of alerts to it.
 */
class SecretRotationIT {

    private static final long PATIENCE_SECONDS = 90;
    private static final long FRESH_SECONDS = 10;
    private static final String GRAFANA = "grafana";
    private static final String REGISTRY = "registry";
    private static final String ALERTS = "alerts";
    private static final String CLIENT = "client";

    /** Where secrets are kept. */
    enum Place {
        FILE,
        KUBERNETES,
        VAULT
    }

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);

    /** A place with its server, where it has one. */
    private record Keeper(Place place, Path data, PlayedApiServer cluster, RepeatingSystem vault) {

        String reference(String name) {
            return switch (place) {
                case FILE -> "file:secrets/" + name;
                case KUBERNETES -> "k8s:smo/%s/value".formatted(name);
                case VAULT -> "vault:kv/smo/%s#value".formatted(name);
            };
        }

        void put(String name, String value) throws IOException {
            switch (place) {
                case FILE ->
                    Files.writeString(
                            Files.createDirectories(data.resolve("secrets")).resolve(name), value + "\n");
                case KUBERNETES -> {
                    try (KubernetesClient admin = new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                            .build()) {
                        admin.secrets()
                                .inNamespace("smo")
                                .resource(new SecretBuilder()
                                        .withNewMetadata()
                                        .withName(name)
                                        .withNamespace("smo")
                                        .endMetadata()
                                        .addToData(
                                                "value",
                                                Base64.getEncoder()
                                                        .encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                                        .build())
                                .createOr(editable -> editable.update());
                    }
                }
                case VAULT -> vault.answer("/v1/kv/data/smo/" + name, """
                            {"request_id":"a","lease_id":"","renewable":false,"lease_duration":0,"wrap_info":null,"warnings":null,
                             "auth":null,"data":{"data":{"value":"%s"},"metadata":{"version":1,"deletion_time":"","destroyed":false}}}""".formatted(value));
            }
        }

        void configure(Settings settings) {
            settings.file("cluster.kubeconfig", cluster.kubeconfig())
                    .with("eu.nephele.smo.adapters.kubernetes", "kubeconfig=file:cluster.kubeconfig", "cacheSeconds=1")
                    .file("vault.token", "hvs.any")
                    .with(
                            "eu.nephele.smo.adapters.vault",
                            "url=" + vault.url(),
                            "token=file:vault.token",
                            "cacheSeconds=1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChangedSecretCountsWithoutARestart(Place place) throws Exception {
        try (RepeatingSystem grafana = new RepeatingSystem(401);
                RepeatingSystem provider = new RepeatingSystem(401);
                RepeatingSystem vault = new RepeatingSystem(404);
                ChartRegistry registry = new ChartRegistry("smo", "first-registry");
                PlayedApiServer cluster = new PlayedApiServer()) {
            PlayedNode.add(cluster, "n1");
            vault.answer("/v1/auth/token/lookup-self", "{\"data\":{\"ttl\":3600,\"renewable\":false}}");
            provider.describeProvider();
            Settings settings = Settings.fresh();
            Keeper keeper = new Keeper(place, settings.data(), cluster, vault);
            for (String name : new String[] {GRAFANA, REGISTRY, ALERTS, CLIENT}) {
                keeper.put(name, "first-" + name);
            }
            keeper.configure(settings);
            settings.with(
                            "eu.nephele.smo.adapters.grafana",
                            "url=" + grafana.url(),
                            "token=" + keeper.reference(GRAFANA))
                    .with(
                            "eu.nephele.smo.adapters.oci",
                            "plainHttp=" + registry.host(),
                            "credentials=%s\\=smo:%s".formatted(registry.host(), keeper.reference(REGISTRY)))
                    .with("eu.nephele.smo.access.security", "alertsSecret=" + keeper.reference(ALERTS))
                    .with(
                            "eu.nephele.smo.access.oidc~corp",
                            "issuer=" + provider.url(),
                            "clientId=smo",
                            "clientSecret=" + keeper.reference(CLIENT))
                    .with(
                            "eu.nephele.smo.adapters.karmada.contexts~edge",
                            "contexts=edge\\=file:cluster.kubeconfig#it");
            try (ServerProcess server = ServerProcess.start(
                    "--json",
                    "--profile",
                    "karmada",
                    "--port",
                    Integer.toString(port),
                    "--data",
                    settings.data().toString())) {
                server.awaitEvent("ready");
                for (String probe : KubernetesManifestsTest.probePaths()) {
                    assertThat(client.get(probe).status())
                            .as("probe %s of docs/operate/kubernetes", probe)
                            .isEqualTo(200);
                }
                used("first-", grafana, provider, registry, "1.0.0");

                for (String name : new String[] {GRAFANA, REGISTRY, ALERTS, CLIENT}) {
                    keeper.put(name, "second-" + name);
                }
                registry.password("second-registry");
                // so long a value counts that was asked for just before; a call with it would be refused, and a
                // deployment fail
                TimeUnit.SECONDS.sleep(FRESH_SECONDS + 1);
                used("second-", grafana, provider, registry, "2.0.0");
                assertThat(alert("first-alerts")).as("the former one").isEqualTo(401);
                assertThat(server.processId()).isPositive();
            }
        }
    }

    private void used(
            String word, RepeatingSystem grafana, RepeatingSystem provider, ChartRegistry registry, String version)
            throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> alert(word + ALERTS), status -> assertThat(status)
                .isNotIn(401, 503));
        String graph = "g" + version.charAt(0);
        RestClient.Answer deployed = client.postJson(
                "/api/v1/projects/shop/graphs",
                Descriptors.graph(graph, Descriptors.service(graph + "-s"))
                        .replace(
                                "oci://registry.example/samples/any:1.0.0",
                                "oci://%s/samples/small:%s".formatted(registry.host(), version)));
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(202);
        Eventually.within(PATIENCE_SECONDS, registry::served, paths -> assertThat(paths)
                .as("asked for with the login of now")
                .anyMatch(path -> path.endsWith("/manifests/" + version)));
        Eventually.within(PATIENCE_SECONDS, grafana::received, calls -> assertThat(calls)
                .anyMatch(call -> call.contains("Bearer " + word + GRAFANA)));
        Eventually.within(
                PATIENCE_SECONDS,
                () -> {
                    login();
                    return provider.received();
                },
                calls -> assertThat(calls)
                        .anyMatch(call -> call.startsWith("POST /token")
                                && (call.contains(basic("smo", word + CLIENT)) || call.contains(word + CLIENT))));
    }

    private int alert(String secret) throws Exception {
        return client.unchecked()
                .call("POST", "/alerts", "[]", "Authorization", "Bearer " + secret)
                .status();
    }

    /** Up to the call by which the server shows itself to the provider. */
    private void login() throws Exception {
        HttpClient browser = HttpClient.newHttpClient();
        HttpResponse<String> begun = browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/auth/login?provider=corp".formatted(port)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String state = begun.headers().firstValue("Location").orElse("").replaceFirst(".*[?&]state=([^&]+).*", "$1");
        browser.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:%d/auth/callback?code=any&state=%s".formatted(port, state)))
                        .header(
                                "Cookie",
                                begun.headers()
                                        .firstValue("Set-Cookie")
                                        .orElse("")
                                        .replaceFirst(";.*", ""))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
