// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One plain cluster with played nodes and pods. */
@Tag("api-server")
class ContextsWorldTest {

    @TempDir
    static Path folder;

    private static Testbed testbed;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry", "prometheus", "prometheus-alertmanager");
        Needs.kubernetes();
        testbed = Testbed.start(
                WorldSpec.of(WorldKind.CONTEXTS, 1).withUsers(List.of("guest")).withDelays(1_000, 1_500),
                folder.resolve("bed"));
        client = client(testbed.server("c1").kubeconfig());
    }

    @AfterAll
    static void stop() throws IOException {
        if (testbed != null) {
            client.close();
            testbed.close();
        }
    }

    @Test
    void aPodRunsAfterItsDelayOnANodeWithCapacity() throws Throwable {
        deploy("runs", 1, "500m", "x:1");

        Eventually.holds(() -> assertThat(pods("runs"))
                .singleElement()
                .satisfies(pod -> assertThat(pod.getSpec().getNodeName()).startsWith("c1-n")));
        Duration start =
                Eventually.after(() -> condition(pods("runs").get(0), "Ready").equals("True"));
        assertThat(start).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void aPodThatFitsNowhereStaysPendingAndGetsCapacityThatIsFreed() throws Throwable {
        deploy("large", 3, "5", "x:1"); // two nodes with six cores each

        Eventually.holds(() -> {
            assertThat(pods("large"))
                    .filteredOn(pod -> condition(pod, "Ready").equals("True"))
                    .hasSize(2);
            assertThat(pods("large"))
                    .filteredOn(pod -> condition(pod, "PodScheduled").equals("False"))
                    .hasSize(1)
                    .allSatisfy(pod -> assertThat(
                                    pod.getStatus().getConditions().get(0).getReason())
                            .isEqualTo("Unschedulable"));
        });
        Pod running = pods("large").stream()
                .filter(pod -> condition(pod, "Ready").equals("True"))
                .toList()
                .get(0);
        client.apps().deployments().inNamespace("default").withName("large").scale(2);
        client.resource(running).delete();

        Eventually.holds(
                () -> assertThat(pods("large")).hasSize(2).allSatisfy(pod -> assertThat(condition(pod, "Ready"))
                        .isEqualTo("True")));
        client.apps().deployments().inNamespace("default").withName("large").delete();
    }

    @Test
    void anImageThatCannotBePulledIsReportedByAnEvent() throws Throwable {
        deploy("broken", 1, "100m", "x:broken");

        Eventually.holds(() -> {
            assertThat(pods("broken")
                            .get(0)
                            .getStatus()
                            .getContainerStatuses()
                            .get(0)
                            .getState()
                            .getWaiting()
                            .getReason())
                    .isEqualTo("ImagePullBackOff");
            assertThat(client.v1().events().inNamespace("default").list().getItems())
                    .filteredOn(event -> event.getInvolvedObject()
                            .getName()
                            .equals(pods("broken").get(0).getMetadata().getName()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getMessage()).contains("manifest unknown"));
        });
        assertThat(condition(pods("broken").get(0), "Ready")).isEqualTo("False");
    }

    @Test
    void nodesWithoutHeartbeatsAreFoundDeadAndComeBack() throws Throwable {
        Eventually.holds(() -> assertThat(nodes()).hasSize(2).containsOnly("True"));

        testbed.setNodesAlive("c1", false);
        Eventually.holds(() -> assertThat(nodes()).containsOnly("Unknown"));

        testbed.setNodesAlive("c1", true);
        Eventually.holds(() -> assertThat(nodes()).containsOnly("True"));
    }

    @Test
    void anApiServerComesBackAtTheSameAddressWithAllItKnew() throws Throwable {
        deploy("kept", 1, "100m", "x:1");
        Eventually.holds(
                () -> assertThat(condition(pods("kept").get(0), "Ready")).isEqualTo("True"));

        testbed.setReady("c1", false);
        assertThat(testbed.server("c1").ready()).isFalse();
        testbed.setReady("c1", true);

        assertThat(pods("kept")).hasSize(1);
        client.apps().deployments().inNamespace("default").withName("kept").scale(2);
        Eventually.holds(() -> assertThat(pods("kept")).hasSize(2).allSatisfy(pod -> assertThat(condition(pod, "Ready"))
                .isEqualTo("True")));
    }

    @Test
    void aUserHasNoRightsAtFirst() throws Exception {
        try (KubernetesClient guest = client(testbed.server("c1").kubeconfig("guest"))) {
            assertThatThrownBy(() -> guest.pods().inNamespace("default").list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("User \"guest\" cannot list resource \"pods\"");
        }
    }

    @Test
    void aPlainClusterHasNoKindsOfKarmada() {
        List<String> kinds = client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(definition -> definition.getSpec().getGroup())
                .distinct()
                .toList();

        assertThat(kinds).contains("multicluster.x-k8s.io", "monitoring.coreos.com");
        assertThat(kinds).noneMatch(group -> group.endsWith("karmada.io"));
    }

    @Test
    void anSmoFindsThisWorldByTheConfigurationBesideIt() throws IOException {
        Path etc = testbed.folder().resolve("etc");

        assertThat(Files.readString(etc.resolve("eu.nephele.smo.adapters.karmada.contexts~edge.cfg")))
                .isEqualTo("contexts=c1=file:%s/c1/kubeconfig#c1%nunreachableSeconds=4%n".formatted(testbed.folder()));
        assertThat(Files.readString(etc.resolve("eu.nephele.smo.adapters.prometheus~main.cfg")))
                .contains("url=" + testbed.prometheus().url() + "\n", "rules=files\n");
        assertThat(Files.readString(etc.resolve("eu.nephele.smo.adapters.oci.cfg")))
                .isEqualTo("plainHttp=%s%n".formatted(testbed.registry().host()));
    }

    private static void deploy(String name, int replicas, String cpu, String image) {
        String yaml = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: default}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers: [{name: %1$s, image: "%4$s", resources: {requests: {cpu: "%3$s"}}}]
                """.formatted(name, replicas, cpu, image);
        client.resource(yaml).create();
    }

    private static List<Pod> pods(String app) {
        return client.pods().inNamespace("default").withLabel("app", app).list().getItems();
    }

    private static String condition(Pod pod, String type) {
        return pod.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(PodCondition::getStatus)
                .findFirst()
                .orElse("");
    }

    private static List<String> nodes() {
        return client.nodes().list().getItems().stream()
                .map(ContextsWorldTest::ready)
                .toList();
    }

    private static String ready(Node node) {
        return node.getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(condition -> condition.getStatus())
                .findFirst()
                .orElse("");
    }

    private static KubernetesClient client(Path kubeconfig) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
