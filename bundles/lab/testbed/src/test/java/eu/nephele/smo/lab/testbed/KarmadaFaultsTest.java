// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of the fault table that a Karmada with two members can show: each by its switch. */
@Tag("api-server")
class KarmadaFaultsTest {

    private static final String PROJECT = "faults";
    private static final String BINDINGS = "work.karmada.io/v1alpha2 ResourceBinding";
    private static final String WORKS = "work.karmada.io/v1alpha1 Work";
    private static final Map<String, KubernetesClient> CLIENTS = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private static Testbed testbed;

    @BeforeAll
    static void start() throws Exception {
        Needs.programs("docker-registry", "prometheus", "prometheus-alertmanager");
        Needs.kubernetes();
        testbed = Testbed.start(WorldSpec.of(WorldKind.KARMADA, 2), folder.resolve("bed"));
        for (String server : testbed.servers().keySet()) {
            Config config = Config.fromKubeconfig(
                    Files.readString(testbed.server(server).kubeconfig()));
            CLIENTS.put(server, new KubernetesClientBuilder().withConfig(config).build());
        }
        apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}\n".formatted(PROJECT));
        Eventually.after(() -> CLIENTS.values().stream()
                .allMatch(client -> client.namespaces().withName(PROJECT).get() != null));
    }

    @AfterAll
    static void stop() throws IOException {
        CLIENTS.values().forEach(KubernetesClient::close);
        if (testbed != null) {
            testbed.close();
        }
    }

    @AfterEach
    void allIsWellAgainAndEmpty() throws Throwable {
        order("karmada/controllers/running");
        order("karmada/scheduler/running");
        for (String member : List.of("c1", "c2")) {
            testbed.setReady(member, true);
        }
        host().apps().deployments().inNamespace(PROJECT).delete();
        host().genericKubernetesResources("policy.karmada.io/v1alpha1", "PropagationPolicy")
                .inNamespace(PROJECT)
                .delete();
        Eventually.holds(() -> assertThat(testbed.objects())
                .extracting(Object::toString)
                .allMatch(found -> found.contains(" Namespace ") || found.contains("/" + PROJECT + "-")));
    }

    @Test
    void whileControllersAreStoppedBindingAndWorksOutliveTheDeployment() throws Throwable {
        deploy("stays", 2, "x:1", "clusterAffinity: {clusterNames: [c1]}");
        Eventually.holds(() -> assertThat(ready("c1", "stays")).isEqualTo(2));

        order("karmada/controllers/stopped");
        host().apps().deployments().inNamespace(PROJECT).withName("stays").delete();

        Eventually.holds(() -> assertThat(
                        binding("stays").at("/metadata/deletionTimestamp").asText())
                .isNotEmpty());
        assertThat(binding("stays").at("/metadata/finalizers/0").asText()).isEqualTo("karmada.io/binding-controller");
        assertThat(host().apps()
                        .deployments()
                        .inNamespace(PROJECT)
                        .withName("stays")
                        .get())
                .isNull();
        assertThat(works("stays")).singleElement().satisfies(work -> {
            assertThat(work.at("/metadata/namespace").asText()).isEqualTo("karmada-es-c1");
            assertThat(work.at("/metadata").has("deletionTimestamp")).isFalse();
        });
        assertThat(ready("c1", "stays")).isEqualTo(2);

        // a new object of the same name waits for the old binding
        deploy("stays", 1, "x:1", "clusterAffinity: {clusterNames: [c2]}");
        order("karmada/controllers/running");
        Eventually.holds(() -> {
            assertThat(ready("c2", "stays")).isEqualTo(1);
            assertThat(ready("c1", "stays")).isNegative();
        });
    }

    @Test
    void aWorkStaysWhileItsMemberCannotBeAsked() throws Throwable {
        deploy("dead", 1, "x:1", "clusterAffinity: {clusterNames: [c2]}");
        Eventually.holds(() -> assertThat(ready("c2", "dead")).isEqualTo(1));

        testbed.setReady("c2", false);
        host().apps().deployments().inNamespace(PROJECT).withName("dead").delete();

        Eventually.holds(() -> assertThat(bindings("dead")).isEmpty());
        assertThat(works("dead")).singleElement().satisfies(work -> {
            assertThat(work.at("/metadata/deletionTimestamp").asText()).isNotEmpty();
            assertThat(work.at("/metadata/finalizers/0").asText()).isEqualTo("karmada.io/execution-controller");
        });
        Eventually.holds(
                () -> assertThat(cluster("c2").at("/status/conditions/0/status").asText())
                        .isEqualTo("False"));
        assertThat(works("dead")).hasSize(1);

        testbed.setReady("c2", true);
        Eventually.holds(() -> {
            assertThat(works("dead")).isEmpty();
            assertThat(ready("c2", "dead")).isNegative();
        });
    }

    @Test
    void whileTheSchedulerIsStoppedABindingIsNowhere() throws Throwable {
        order("karmada/scheduler/stopped");
        deploy("waits", 1, "x:1", "clusterAffinity: {clusterNames: [c1]}");

        Eventually.holds(
                () -> assertThat(binding("waits").at("/spec/replicas").asInt()).isEqualTo(1));
        assertThat(binding("waits").path("spec").has("clusters")).isFalse();
        assertThat(works("waits")).isEmpty();

        order("karmada/scheduler/running");
        Eventually.holds(() -> assertThat(ready("c1", "waits")).isEqualTo(1));
        Eventually.holds(
                () -> assertThat(condition(binding("waits"), "Scheduled")).isEqualTo("True"));
    }

    @Test
    void podsThatNeverStartAreUpdatedAndUnavailableWhileOldOnesAreReady() throws Throwable {
        for (String tag : List.of("broken", "crash", "neverready")) {
            deploy(tag, 3, "x:1", "clusterAffinity: {clusterNames: [c1]}");
            Eventually.holds(() -> assertThat(
                            template(tag).at("/status/availableReplicas").asInt())
                    .isEqualTo(3));

            deploy(tag, 3, "x:" + tag, "clusterAffinity: {clusterNames: [c1]}");

            // one surge pod of the new revision, never available; the old ones are ready all the time
            Eventually.holds(() -> assertThat(template(tag).path("status").toString())
                    .isEqualTo("{\"observedGeneration\":2,\"replicas\":4,\"updatedReplicas\":1,\"readyReplicas\":3,"
                            + "\"availableReplicas\":3,\"unavailableReplicas\":1}"));
            assertThat(binding(tag)
                            .at("/status/aggregatedStatus/0/status/unavailableReplicas")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void rightAfterAChangeTheObservedGenerationIsTheNewOneAndTheCountsAreThoseOfTheOldPods() throws Throwable {
        RealPrograms.areOlderThan(testbed, 11, "from 1.11 on observedGeneration waits for the members");
        deploy("stale", 2, "x:1", "clusterAffinity: {clusterNames: [c1]}");
        Eventually.holds(() -> assertThat(
                        template("stale").at("/status/availableReplicas").asInt())
                .isEqualTo(2));

        order("clusters/c1/controllers-stopped");
        try {
            deploy("stale", 2, "x:2", "clusterAffinity: {clusterNames: [c1]}");
            Eventually.holds(() -> assertThat(template("stale").path("status").toString())
                    .isEqualTo("{\"observedGeneration\":2,\"replicas\":2,\"updatedReplicas\":2,\"readyReplicas\":2,"
                            + "\"availableReplicas\":2}"));
        } finally {
            order("clusters/c1/controllers-running");
        }
    }

    @Test
    void replicasAreDividedByWeightsAndAgainWhenTheyChange() throws Throwable {
        String divided = """
                clusterAffinity: {clusterNames: [c1, c2]}, replicaScheduling: {replicaSchedulingType: Divided,\
                 replicaDivisionPreference: Weighted, weightPreference: {staticWeightList: [\
                {targetCluster: {clusterNames: [c1]}, weight: 2}, {targetCluster: {clusterNames: [c2]}, weight: 1}]}}""";
        deploy("divided", 3, "x:1", divided);
        Eventually.holds(() -> {
            assertThat(ready("c1", "divided")).isEqualTo(2);
            assertThat(ready("c2", "divided")).isEqualTo(1);
            assertThat(template("divided").at("/status/readyReplicas").asInt()).isEqualTo(3);
        });

        deploy("divided", 6, "x:1", divided);
        Eventually.holds(() -> {
            assertThat(ready("c1", "divided")).isEqualTo(4);
            assertThat(ready("c2", "divided")).isEqualTo(2);
        });
    }

    @Test
    void whatALostMemberRanIsEvictedAndComesBackToNothing() throws Throwable {
        RealPrograms.know(
                testbed,
                "--failover-eviction-timeout",
                "this version adds no taint NoExecute by itself and evicts nothing");
        deploy("moves", 1, "x:1", """
                clusterTolerations: [{key: cluster.karmada.io/not-ready, operator: Exists, effect: NoExecute,\
                 tolerationSeconds: 10}], replicaScheduling: {replicaSchedulingType: Divided,\
                 replicaDivisionPreference: Aggregated}""");
        Eventually.holds(
                () -> assertThat(template("moves").at("/status/readyReplicas").asInt())
                        .isEqualTo(1));
        String lost = binding("moves").at("/spec/clusters/0/name").asText();
        String other = lost.equals("c1") ? "c2" : "c1";

        testbed.setReady(lost, false);
        Eventually.holds(() -> assertThat(cluster(lost).at("/spec/taints").findValuesAsText("effect"))
                .containsExactly("NoSchedule", "NoExecute"));
        Eventually.holds(() -> assertThat(ready(other, "moves")).isEqualTo(1));
        Eventually.holds(() -> assertThat(works("moves"))
                .filteredOn(work -> work.at("/metadata/namespace").asText().endsWith(lost))
                .allMatch(work -> work.path("metadata").has("deletionTimestamp")));

        testbed.setReady(lost, true);
        Eventually.holds(() -> assertThat(ready(lost, "moves")).isNegative());
        assertThat(ready(other, "moves")).isEqualTo(1);
    }

    @Test
    void whereAKindIsMissingNothingOfItIsScheduled() throws Throwable {
        order("clusters/c2/mcs-absent");
        try {
            Eventually.holds(
                    () -> assertThat(cluster("c2").at("/status/apiEnablements").toString())
                            .doesNotContain("ServiceExport")
                            .contains("Deployment"));
            apply("""
                    apiVersion: multicluster.x-k8s.io/v1alpha1
                    kind: ServiceExport
                    metadata: {name: exported, namespace: %1$s}
                    """.formatted(PROJECT));
            apply("""
                    apiVersion: policy.karmada.io/v1alpha1
                    kind: PropagationPolicy
                    metadata: {name: exported, namespace: %1$s}
                    spec:
                      resourceSelectors: [{apiVersion: multicluster.x-k8s.io/v1alpha1, kind: ServiceExport, name: exported}]
                      placement: {clusterAffinity: {clusterNames: [c2]}}
                    """.formatted(PROJECT));
            Eventually.holds(() -> {
                assertThat(condition(binding("exported"), "Scheduled")).isEqualTo("False");
                assertThat(binding("exported")
                                .at("/status/conditions/0/message")
                                .asText())
                        .contains("1 cluster(s) did not have the API resource");
            });
        } finally {
            order("clusters/c2/mcs-present");
        }
        Eventually.holds(() -> assertThat(works("exported")).hasSize(1));
        host().genericKubernetesResources("multicluster.x-k8s.io/v1alpha1", "ServiceExport")
                .inNamespace(PROJECT)
                .delete();
    }

    @Test
    void whatAWorkloadNeedsTravelsWithIt() throws Throwable {
        apply("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: %s}\ndata: {a: b}\n"
                .formatted(PROJECT));
        deploy("needy", 1, "x:1", "clusterAffinity: {clusterNames: [c2]}", "propagateDeps: true", """
                volumes: [{name: v, configMap: {name: settings}}]""");

        Eventually.holds(() -> assertThat(bindings("settings")).singleElement().satisfies(binding -> assertThat(
                        binding.at("/spec/requiredBy/0/name").asText())
                .isEqualTo("needy-deployment")));
        Eventually.holds(() -> assertThat(client("c2")
                        .configMaps()
                        .inNamespace(PROJECT)
                        .withName("settings")
                        .get())
                .isNotNull());

        host().apps().deployments().inNamespace(PROJECT).withName("needy").delete();
        Eventually.holds(() -> assertThat(client("c2")
                        .configMaps()
                        .inNamespace(PROJECT)
                        .withName("settings")
                        .get())
                .isNull());
        host().configMaps().inNamespace(PROJECT).withName("settings").delete();
    }

    @Test
    void whatSomebodyElseHasMadeOnAMemberIsNeitherTakenOverNorDeleted() throws Throwable {
        client("c1").resource("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: theirs, namespace: %s}
                        spec:
                          replicas: 0
                          selector: {matchLabels: {app: theirs}}
                          template: {metadata: {labels: {app: theirs}}, spec: {containers: [{name: a, image: "x:1"}]}}
                        """.formatted(PROJECT)).create();
        try {
            deploy("theirs", 1, "x:2", "clusterAffinity: {clusterNames: [c1]}");
            Eventually.holds(() -> assertThat(binding("theirs")
                            .at("/status/aggregatedStatus/0/appliedMessage")
                            .asText())
                    .startsWith("Failed to apply all manifests (0/1): ")
                    .contains("already exist in cluster c1"));
            host().apps().deployments().inNamespace(PROJECT).withName("theirs").delete();
            Eventually.holds(() -> assertThat(works("theirs")).isEmpty());
            assertThat(client("c1")
                            .apps()
                            .deployments()
                            .inNamespace(PROJECT)
                            .withName("theirs")
                            .get()
                            .getSpec()
                            .getReplicas())
                    .isZero();
        } finally {
            client("c1")
                    .apps()
                    .deployments()
                    .inNamespace(PROJECT)
                    .withName("theirs")
                    .delete();
        }
    }

    @Test
    void jobsEndAndDaemonsAreOnEachNode() throws Throwable {
        policy("batch", "apiVersion: batch/v1, kind: Job", "clusterAffinity: {clusterNames: [c1]}");
        policy("daemon", "apiVersion: apps/v1, kind: DaemonSet", "clusterAffinity: {clusterNames: [c1]}");
        String template =
                "metadata: {labels: {app: a}}, spec: {restartPolicy: %s, containers: [{name: a, image: \"x:1\"}]}";
        apply("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: batch, namespace: %s}
                spec: {template: {%s}}
                """.formatted(PROJECT, template.formatted("Never")));
        apply("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: daemon, namespace: %s}
                spec: {selector: {matchLabels: {app: a}}, template: {%s}}
                """.formatted(PROJECT, template.formatted("Always")));

        Eventually.holds(() -> {
            assertThat(found("apps/v1 DaemonSet", "daemon").path("status").toString())
                    .contains("\"desiredNumberScheduled\":2", "\"numberAvailable\":2", "\"updatedNumberScheduled\":2");
            assertThat(condition(found("batch/v1 Job", "batch"), "Complete")).isEqualTo("True");
        });
        host().batch().v1().jobs().inNamespace(PROJECT).delete();
        host().apps().daemonSets().inNamespace(PROJECT).delete();
    }

    private static void policy(String name, String kind, String placement, String... more) {
        apply("""
                apiVersion: policy.karmada.io/v1alpha1
                kind: PropagationPolicy
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  resourceSelectors: [{%3$s, name: %1$s}]
                  placement: {%4$s}
                  %5$s
                """.formatted(name, PROJECT, kind, placement, String.join("\n", more)));
    }

    private static void deploy(String name, int replicas, String image, String placement) {
        deploy(name, replicas, image, placement, "", "");
    }

    /** @param extra of the policy */
    private static void deploy(
            String name, int replicas, String image, String placement, String extra, String podExtra) {
        policy(name, "apiVersion: apps/v1, kind: Deployment", placement, extra);
        apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers: [{name: %1$s, image: "%4$s", resources: {requests: {cpu: 100m}}}]
                      %5$s
                """.formatted(name, PROJECT, replicas, image, podExtra));
    }

    private static void apply(String yaml) {
        host().resource(yaml).forceConflicts().serverSideApply();
    }

    private static void order(String path) throws IOException, InterruptedException {
        URI address = testbed.door().url().resolve("/" + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Ready pods; negative without such a Deployment. */
    private static int ready(String server, String name) {
        JsonNode found = new JsonMapper()
                .valueToTree(client(server)
                        .apps()
                        .deployments()
                        .inNamespace(PROJECT)
                        .withName(name)
                        .get());
        return found.isNull() ? -1 : found.at("/status/readyReplicas").asInt();
    }

    private static JsonNode template(String name) {
        return found("apps/v1 Deployment", name);
    }

    private static JsonNode found(String versionAndKind, String name) {
        return all(versionAndKind)
                .filter(found -> found.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode binding(String name) {
        return bindings(name).stream().findFirst().orElseThrow();
    }

    private static List<JsonNode> bindings(String name) {
        return all(BINDINGS)
                .filter(found -> found.at("/spec/resource/name").asText().equals(name))
                .toList();
    }

    private static List<JsonNode> works(String name) {
        return all(WORKS)
                .filter(found -> found.at("/spec/workload/manifests/0/metadata/name")
                        .asText()
                        .equals(name))
                .toList();
    }

    private static JsonNode cluster(String name) {
        return found("cluster.karmada.io/v1alpha1 Cluster", name);
    }

    private static String condition(JsonNode object, String type) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText();
            }
        }
        return "";
    }

    private static Stream<JsonNode> all(String versionAndKind) {
        String[] words = versionAndKind.split(" ", 2);
        boolean clusterWide = words[1].equals("Cluster");
        var kind = host().genericKubernetesResources(words[0], words[1]);
        List<GenericKubernetesResource> items =
                (clusterWide ? kind.list() : kind.inAnyNamespace().list()).getItems();
        return items.stream().map(item -> new JsonMapper().<JsonNode>valueToTree(item));
    }

    private static KubernetesClient host() {
        return client("karmada");
    }

    private static KubernetesClient client(String server) {
        KubernetesClient client = CLIENTS.get(server);
        if (client == null) {
            throw new IllegalArgumentException(server);
        }
        return client;
    }
}
