// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import eu.nephele.smo.lab.testbed.push.PushOptions;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Charts of the Brussels demo from the registry, through Helm, on a control plane with two members: one story in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("api-server")
class KarmadaWorldTest {

    private static final Path BRUSSELS = Path.of("../../../examples/brussels");
    private static final String PROJECT = "brussels";
    private static final String VO = "image-compression-vo";
    private static final Map<String, KubernetesClient> CLIENTS = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static Testbed testbed;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry", "prometheus", "prometheus-alertmanager");
        Needs.kubernetes();
        testbed = Testbed.start(WorldSpec.of(WorldKind.KARMADA, 2).withDelays(300, 1_500), folder.resolve("bed"));
        List<String> arguments = new ArrayList<>(List.of(testbed.registry().host(), PROJECT));
        for (String chart : List.of("noise-reduction", "image-detection", VO)) {
            arguments.add(BRUSSELS.resolve("charts").resolve(chart).toString());
        }
        PushOptions.parse(arguments).push();
        for (String server : testbed.servers().keySet()) {
            Config config = Config.fromKubeconfig(
                    Files.readString(testbed.server(server).kubeconfig()));
            CLIENTS.put(server, new KubernetesClientBuilder().withConfig(config).build());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        CLIENTS.values().forEach(KubernetesClient::close);
        if (testbed != null) {
            List<Long> pids = testbed.pids();
            testbed.close();
            assertThat(pids).hasSize(RealPrograms.are(testbed) ? 16 : 12).noneMatch(pid -> ProcessHandle.of(pid)
                    .isPresent());
        }
    }

    @Test
    @Order(1)
    void membersShowWhatTheirNodesHave() throws Throwable {
        Eventually.holds(() -> {
            JsonNode cluster = cluster("c1");
            assertThat(cluster.at("/status/conditions/0/status").asText()).isEqualTo("True");
            assertThat(cluster.at("/status/resourceSummary/allocatable/cpu").asText())
                    .isEqualTo("12");
            assertThat(cluster.at("/status/resourceSummary/allocatable/nvidia.com~1gpu")
                            .asText())
                    .isEqualTo("1");
            assertThat(cluster.at("/status/resourceSummary").has("allocated")).isFalse();
            // Karmada has called it by both names
            assertThat(List.of(
                            cluster.at("/spec/zone").asText(),
                            cluster.at("/spec/zones/0").asText()))
                    .contains("be-bru");
        });
    }

    @Test
    @Order(2)
    void aReleaseRunsWhereItsValuesSay() throws Throwable {
        install("noise-reduction", "{clustersAffinity: [c1], serviceImportClusters: [c2], replicas: 2}");
        install(VO, "{voChartOverwrite: {clustersAffinity: [c2]}}");

        Eventually.holds(() -> {
            assertThat(ready("karmada", "noise-reduction")).isEqualTo(2);
            assertThat(ready("c1", "noise-reduction")).isEqualTo(2);
            assertThat(ready("c2", VO)).isEqualTo(1);
            assertThat(names("c2")).contains("ConfigMap image-compression-vo-scripts", "ServiceImport noise-reduction");
            assertThat(names("c1")).contains("ServiceExport noise-reduction", "Service noise-reduction");
        });
        assertThat(names("c2")).doesNotContain("Deployment noise-reduction", "ServiceExport noise-reduction");
        assertThat(names("c1")).doesNotContain("ServiceImport noise-reduction", "Deployment " + VO);
        assertThat(names("karmada")).contains("PropagationPolicy noise-reduction-import");
        assertThat(names("karmada")).doesNotContain("PropagationPolicy " + VO + "-import"); // without calls
        Eventually.holds(() -> assertThat(cluster("c1")
                        .at("/status/resourceSummary/allocated/cpu")
                        .asText())
                .isEqualTo("2"));
    }

    @Test
    @Order(3)
    void aBindingIsAsARealKarmadaWritesIt() throws Throwable {
        Eventually.holds(() -> {
            JsonNode binding = object("work.karmada.io/v1alpha2", "ResourceBinding", "noise-reduction-deployment");
            if (RealPrograms.are(testbed)) { // newer versions report replicas also without a division
                assertThat(binding.at("/spec/clusters").toString())
                        .isIn("[{\"name\":\"c1\"}]", "[{\"name\":\"c1\",\"replicas\":2}]");
            } else {
                assertThat(binding.at("/spec/clusters").toString()).isEqualTo("[{\"name\":\"c1\"}]");
            }
            assertThat(binding.at("/spec/replicas").asInt()).isEqualTo(2);
            assertThat(binding.at("/spec/replicaRequirements/resourceRequest/cpu")
                            .asText())
                    .isEqualTo("1");
            assertThat(binding.at("/status/aggregatedStatus/0").toString())
                    .isEqualTo("{\"applied\":true,\"clusterName\":\"c1\",\"health\":\"Healthy\",\"status\":"
                            + "{\"availableReplicas\":2,\"readyReplicas\":2,\"replicas\":2,\"updatedReplicas\":2}}");
        });
    }

    @Test
    @Order(4)
    void scalingTheTemplateScalesTheCopies() throws Throwable {
        CLIENTS.get("karmada")
                .apps()
                .deployments()
                .inNamespace(PROJECT)
                .withName("noise-reduction")
                .scale(3);

        Eventually.holds(() -> assertThat(ready("c1", "noise-reduction")).isEqualTo(3));
        Eventually.holds(() -> assertThat(ready("karmada", "noise-reduction")).isEqualTo(3));
    }

    @Test
    @Order(5)
    void aClusterThatIsNotNamedAnyMoreLosesItsPodsAtOnce() throws Throwable {
        upgrade("noise-reduction", "{clustersAffinity: [c2], replicas: 3}");

        Duration gone = Eventually.after(() -> ready("c1", "noise-reduction") < 0);
        Eventually.holds(() -> assertThat(ready("c2", "noise-reduction")).isEqualTo(3));
        assertThat(gone).isLessThan(Duration.ofSeconds(10));
        Eventually.holds(() -> assertThat(names("c1")).noneMatch(name -> name.contains("noise-reduction")));
    }

    @Test
    @Order(6)
    void aMemberThatDoesNotAnswerIsNotReadyAndItsLastSummaryStays() throws Throwable {
        Eventually.holds(() -> assertThat(cluster("c2")
                        .at("/status/resourceSummary/allocated/cpu")
                        .asText())
                .isEqualTo("3500m"));
        testbed.setReady("c2", false);
        try {
            Eventually.holds(() -> {
                JsonNode cluster = cluster("c2");
                assertThat(cluster.at("/status/conditions/0/reason").asText()).isEqualTo("ClusterNotReachable");
                assertThat(cluster.at("/spec/taints/0/key").asText()).isEqualTo("cluster.karmada.io/not-ready");
                assertThat(cluster.at("/status/resourceSummary/allocated/cpu").asText())
                        .isEqualTo("3500m");
            });
        } finally {
            testbed.setReady("c2", true);
        }
        Eventually.holds(() -> {
            assertThat(cluster("c2").at("/status/conditions/0/status").asText()).isEqualTo("True");
            assertThat(cluster("c2").at("/spec").has("taints")).isFalse();
            assertThat(ready("c2", "noise-reduction")).isEqualTo(3);
        });
    }

    @Test
    @Order(7)
    void anUninstalledReleaseLeavesNoObjects() throws Throwable {
        assertThat(testbed.objects())
                .extracting(Object::toString)
                .contains(
                        "karmada Secret brussels/sh.helm.release.v1.noise-reduction.v2",
                        "c2 Deployment brussels/" + VO);

        for (String release : List.of("noise-reduction", VO)) {
            Helm.uninstall(release)
                    .withNamespace(PROJECT)
                    .withKubeConfig(testbed.server("karmada").kubeconfig())
                    .call();
        }
        CLIENTS.get("karmada").namespaces().withName(PROJECT).delete();

        Eventually.holds(() -> assertThat(testbed.objects()).isEmpty());
    }

    @Test
    @Order(8)
    void anSmoFindsThisWorldByTheConfigurationBesideIt() throws IOException {
        Path etc = testbed.folder().resolve("etc");
        try (Stream<Path> files = Files.list(etc)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "eu.nephele.smo.adapters.helm.cfg",
                            "eu.nephele.smo.adapters.karmada~karmada.cfg",
                            "eu.nephele.smo.adapters.oci.cfg",
                            "eu.nephele.smo.adapters.prometheus~main.cfg");
        }
        assertThat(Files.readString(etc.resolve("eu.nephele.smo.adapters.karmada~karmada.cfg")))
                .isEqualTo("kubeconfig=file:" + testbed.folder() + "/karmada/kubeconfig\n");
    }

    private static void install(String chart, String values) throws IOException {
        Helm.install("oci://%s/%s/%s".formatted(testbed.registry().host(), PROJECT, chart))
                .withName(chart)
                .withVersion("1.0.0")
                .withNamespace(PROJECT)
                .createNamespace()
                .withKubeConfig(testbed.server("karmada").kubeconfig())
                .withValuesFile(Files.writeString(folder.resolve(chart + ".yaml"), values))
                .plainHttp()
                .call();
    }

    private static void upgrade(String chart, String values) throws IOException {
        Helm.upgrade("oci://%s/%s/%s".formatted(testbed.registry().host(), PROJECT, chart))
                .withName(chart)
                .withVersion("1.0.0")
                .withNamespace(PROJECT)
                .withKubeConfig(testbed.server("karmada").kubeconfig())
                .withValuesFile(Files.writeString(folder.resolve(chart + ".yaml"), values))
                .plainHttp()
                .call();
    }

    /** Ready pods; negative without such a Deployment. */
    private static int ready(String server, String name) {
        Deployment found = CLIENTS.get(server)
                .apps()
                .deployments()
                .inNamespace(PROJECT)
                .withName(name)
                .get();
        if (found == null) {
            return -1;
        }
        Integer ready = found.getStatus().getReadyReplicas();
        return ready == null ? 0 : ready;
    }

    private static List<String> names(String server) {
        return testbed.objects().stream()
                .filter(reconciledObject -> reconciledObject.server().equals(server))
                .map(reconciledObject -> reconciledObject.kind() + " " + reconciledObject.name())
                .toList();
    }

    private static JsonNode cluster(String name) {
        return new JsonMapper()
                .valueToTree(CLIENTS.get("karmada")
                        .genericKubernetesResources("cluster.karmada.io/v1alpha1", "Cluster")
                        .withName(name)
                        .get());
    }

    private static JsonNode object(String version, String kind, String name) {
        return new JsonMapper()
                .valueToTree(CLIENTS.get("karmada")
                        .genericKubernetesResources(version, kind)
                        .inNamespace(PROJECT)
                        .withName(name)
                        .get());
    }
}
