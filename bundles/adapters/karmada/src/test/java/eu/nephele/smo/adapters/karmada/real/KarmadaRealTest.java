// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.adapters.karmada.federation.Karmada;
import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.Watching;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The kinds of Karmada on a real API server, whose user has the rights of docs/operate/rbac/karmada.yaml and no others. What
 * Karmada's controllers do is written by the test.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KarmadaRealTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ClusterId M1 = new ClusterId("karmada", "m1");
    private static final ClusterId M2 = new ClusterId("karmada", "m2");
    private static final Watching WATCHING =
            new Watching(Set.of("nvidia.com/gpu"), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3));

    private static ApiServer server;
    private static KubernetesClient admin;
    private static Karmada karmada;

    @BeforeAll
    static void begin() throws Exception {
        server = ApiServer.start("smo");
        admin = server.admin();
        try (InputStream crds = Objects.requireNonNull(KarmadaRealTest.class.getResourceAsStream("/crds.yaml"))) {
            admin.load(crds).create();
        }
        rights();
        Await.until(SOON, () -> cluster("m1", "True"));
        cluster("m2", "True");
        karmada = new Karmada(link(), WATCHING, reference -> Optional.of(server.kubeconfig("smo")), Clock.systemUTC());
        Await.until(SOON, () -> assertThat(karmada.clusters().clusters()).hasSize(2));
    }

    @AfterAll
    static void end() throws Exception {
        if (karmada != null) {
            karmada.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aClusterThatJoinsChangesAndLeavesIsToldAtOnce() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Subscription subscription = karmada.clusters().subscribe(() -> told.add("changed"));
        try {
            cluster("m9", "True");
            Await.until(SOON, () -> assertThat(state("m9").ready()).isTrue());
            assertThat(state("m9").free()).isEqualTo(new Resources(3000, 8L << 30, 0, 2));
            Await.until(SOON, () -> assertThat(told).isNotEmpty());

            admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                    .withName("m9")
                    .delete();
            Await.until(SOON, () -> assertThat(karmada.clusters().clusters()).hasSize(2));
        } finally {
            subscription.close();
        }
    }

    @Test
    void oneBrokenClusterDoesNotSpoilTheOthers() throws Exception {
        GenericKubernetesResource broken = clusterObject("broken", "True");
        broken.setAdditionalProperty(
                "status",
                Map.of(
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True")),
                        "resourceSummary",
                        Map.of("allocatable", Map.of("cpu", "many"))));
        withStatus(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false), broken);
        cluster("m8", "True");
        Await.until(SOON, () -> assertThat(state("m8").ready()).isTrue());

        assertThat(karmada.clusters().clusters())
                .extracting(it -> it.id().name())
                .doesNotContain("broken");
        for (String name : List.of("broken", "m8")) {
            admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                    .withName(name)
                    .delete();
        }
    }

    @Test
    void allClustersHaveTheConnectionOfTheControlPlane() {
        assertThat(karmada.clusters().target(M1).connection()).contains("file:karmada.kubeconfig");
        assertThat(karmada.clusters().target(M2)).isEqualTo(karmada.clusters().target(M2));
    }

    @Test
    void withoutAPolicyOfTheChartOneOfOursIsMadeThatEndsWithTheWorkload() throws Exception {
        StepKey key = deployed("plain", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3)));

        GenericKubernetesResource policy = policy("plain", "smo-plain");
        assertThat(text(policy)).contains("clusterNames=[m1]", "kind=Service", "propagateDeps=true");
        assertThat(policy.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(policy.getMetadata().getOwnerReferences())
                .extracting(it -> it.getName())
                .containsExactly("plain");
        var deployment = admin.apps()
                .deployments()
                .inNamespace("plain")
                .withName("plain")
                .get();
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm")
                .containsEntry("smo.nephele.eu/graph", "g");
        assertThat(deployment.getMetadata().getAnnotations())
                .containsEntry("smo.nephele.eu/workload", "plain/g/plain")
                .containsEntry("smo.nephele.eu/key", key.toString());

        String before = policy.getMetadata().getResourceVersion();
        String deploymentBefore = deployment.getMetadata().getResourceVersion();
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 3)));
        assertThat(policy("plain", "smo-plain").getMetadata().getResourceVersion())
                .isEqualTo(before);
        assertThat(admin.apps()
                        .deployments()
                        .inNamespace("plain")
                        .withName("plain")
                        .get()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo(deploymentBefore);
    }

    @Test
    void thePolicyOfTheChartIsChangedAndOursGoes() throws Exception {
        StepKey key = deployed("chart", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1)));
        chartPolicy("chart", "");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1), new Share(M2, 1)));

        assertThat(text(policy("chart", "chart"))).contains("clusterNames=[m1, m2]", "priority=7");
        assertThat(policies("chart"))
                .extracting(it -> it.getMetadata().getName())
                .containsExactly("chart");
    }

    @Test
    void clustersWithOtherNumbersGetAnOverrideThatGoesWhenTheyAreAlikeAgain() throws Exception {
        StepKey key = deployed("move", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 2), new Share(M2, 4)));

        assertThat(overrides("move")).hasSize(1);
        assertThat(text(overrides("move").get(0))).contains("clusterNames=[m1]", "value=2");
        binding("move", 4, Map.of("m1", 2, "m2", 3));
        Await.until(SOON, () -> assertThat(observe(key).byCluster())
                .isEqualTo(Map.of(
                        M1, new OnCluster(2, 2, new Resources(500, 256L << 20, 0, 0).times(2)),
                        M2, new OnCluster(4, 3, new Resources(500, 256L << 20, 0, 0).times(3)))));

        karmada.runtime().ensureShares(key, List.of(new Share(M2, 4)));
        assertThat(overrides("move")).isEmpty();
        assertThat(text(policy("move", "smo-move"))).contains("clusterNames=[m2]");
    }

    @Test
    void aPolicyThatDividesGetsTheSharesAsWeights() throws Exception {
        StepKey key = deployed("divided", "Helm");
        chartPolicy(
                "divided",
                "replicaScheduling: {replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated},");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 1), new Share(M2, 4)));

        assertThat(replicas("divided")).isEqualTo(5);
        assertThat(overrides("divided")).isEmpty();
        assertThat(text(policy("divided", "divided")))
                .contains("replicaDivisionPreference=Weighted", "weight=1", "weight=4");
    }

    @Test
    void aWorkloadIsNotReadyWhereItsClusterSaysSo() throws Exception {
        StepKey key = deployed("slow", "Helm");
        karmada.runtime().ensureShares(key, List.of(new Share(M1, 2)));
        Await.until(SOON, () -> assertThat(observe(key).message()).contains("has not scheduled"));
        List<WorkloadRef> told = new CopyOnWriteArrayList<>();
        Subscription subscription = karmada.runtime().subscribe(told::add);
        binding("slow", 2, Map.of("m1", 1));
        Await.until(SOON, () -> assertThat(told).contains(key.workload()));
        subscription.close();
        WorkloadObservation seen = observe(key);
        assertThat(seen.byCluster().get(M1)).isEqualTo(new OnCluster(2, 1, new Resources(500, 256L << 20, 0, 0)));
        assertThat(seen.message()).contains("works have not been applied");
    }

    @Test
    void whatIsNotTheServicesIsNotTouched() throws Exception {
        StepKey foreign = deployed("foreign", "somebody");
        assertThat(karmada.runtime().observe(List.of(foreign.workload()))).isEmpty();
        assertThatThrownBy(() -> karmada.runtime().ensureShares(foreign, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        assertThat(replicas("foreign")).isEqualTo(1);

        StepKey absent = key("absent");
        assertThatThrownBy(() -> karmada.runtime().ensureShares(absent, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void aWorkloadThatAClusterWidePolicyHasIsRefused() throws Exception {
        StepKey key = deployed("wide", "Helm");
        admin.apps().deployments().inNamespace("wide").withName("wide").edit(it -> {
            it.getMetadata().getLabels().put("clusterpropagationpolicy.karmada.io/name", "everything");
            return it;
        });
        assertThatThrownBy(() -> karmada.runtime().ensureShares(key, List.of(new Share(M1, 3))))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("everything");
    }

    @Test
    void servicesAreExportedAndImportedUnlessTheChartDoesIt() throws Exception {
        StepKey key = deployed("net", "Helm");
        admin.load(stream("""
                apiVersion: v1
                kind: Service
                metadata: {name: net, namespace: net}
                spec: {ports: [{name: web, port: 8080}], selector: {app: net}}
                """)).create();
        karmada.fabric().ensureReachable(key, List.of(M1), List.of(M2, M2));

        assertThat(policies("net"))
                .extracting(it -> it.getMetadata().getName())
                .contains("smo-net-export", "smo-net-import");
        assertThat(text(policy("net", "smo-net-import"))).contains("clusterNames=[m2]");
        karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        assertThat(policies("net")).extracting(it -> it.getMetadata().getName()).containsExactly("smo-net-export");
        karmada.fabric().remove(key);
        karmada.fabric().remove(key);
        assertThat(policies("net")).isEmpty();

        admin.load(
                        stream(
                                "apiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata: {name: net, namespace: net}"))
                .create();
        karmada.fabric().ensureReachable(key, List.of(M1), List.of());
        assertThat(policies("net")).isEmpty();
    }

    @Test
    void theRightsAreEnoughForAllOfThisAndForNoMore() {
        try (Connection smo = new Connection(link(), reference -> Optional.of(server.kubeconfig("smo")))) {
            List<AdapterException> refused = new ArrayList<>();
            for (Runnable forbidden : List.<Runnable>of(
                    () -> smo.call("Read secrets", client -> client.secrets()
                            .inNamespace("kube-system")
                            .list()),
                    () -> smo.call("Delete", client -> client.apps()
                            .deployments()
                            .inNamespace("x")
                            .withName("x")
                            .delete()),
                    () -> smo.call(
                            "Read pods",
                            client -> client.pods().inAnyNamespace().list()))) {
                try {
                    forbidden.run();
                } catch (AdapterException e) {
                    refused.add(e);
                }
            }
            assertThat(refused).hasSize(3).allSatisfy(e -> {
                assertThat(e.kind()).isEqualTo(Kind.REFUSED);
                assertThat(e.getMessage()).contains("HTTP 403", "docs/operate/rbac");
            });
        }
    }

    @Test
    void whatWasKnownStaysWhileTheControlPlaneIsAwayAndGoesOnWhenItIsBack() throws Exception {
        StepKey key = deployed("away", "Helm");
        Await.until(SOON, () -> assertThat(observe(key)).isNotNull());
        server.kill();
        Await.until(Duration.ofSeconds(15), () -> assertThatThrownBy(() -> observe(key))
                .isInstanceOfSatisfying(
                        AdapterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE)));
        assertThat(karmada.clusters().clusters()).hasSize(2);

        server.start();
        cluster("m7", "True");
        Await.until(
                Duration.ofSeconds(15), () -> assertThat(state("m7").ready()).isTrue());
        Await.until(Duration.ofSeconds(15), () -> assertThat(observe(key)).isNotNull());
        admin.genericKubernetesResources(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false))
                .withName("m7")
                .delete();
        Await.until(SOON, () -> assertThat(karmada.clusters().clusters()).hasSize(2));
    }

    private static LinkSettings link() {
        return new LinkSettings(
                "karmada",
                "file:karmada.kubeconfig",
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Optional.empty(),
                Optional.empty());
    }

    private static void rights() throws Exception {
        Path file = Path.of("../../../docs/operate/rbac/karmada.yaml");
        admin.load(stream(Files.readString(file))).create();
        admin.load(stream("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: smo}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: smo-karmada}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: smo}]
                """)).create();
    }

    private static InputStream stream(String yaml) {
        return new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ClusterState state(String name) {
        return karmada.clusters().clusters().stream()
                .filter(it -> it.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static WorkloadObservation observe(StepKey key) {
        return Objects.requireNonNull(
                karmada.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    private static StepKey key(String name) {
        return new StepKey(new WorkloadRef(new GraphId(name, "g"), name), 1, "shares");
    }

    private static StepKey deployed(String name, String by) {
        admin.load(stream("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  namespace: %1$s
                  labels: {app.kubernetes.io/managed-by: %2$s}
                  annotations: {meta.helm.sh/release-name: %1$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: x, resources: {requests: {cpu: 500m, memory: 256Mi}}}]}
                """.formatted(name, by))).create();
        return key(name);
    }

    private static void chartPolicy(String name, String scheduling) {
        admin.load(stream("""
                apiVersion: policy.karmada.io/v1alpha1
                kind: PropagationPolicy
                metadata: {name: %1$s, namespace: %1$s}
                spec:
                  priority: 7
                  resourceSelectors: [{apiVersion: apps/v1, kind: Deployment, name: %1$s}]
                  placement: {%2$s clusterAffinity: {clusterNames: [m1]}}
                """.formatted(name, scheduling))).create();
    }

    private static void binding(String name, int replicas, Map<String, Integer> ready) {
        StringBuilder clusters = new StringBuilder();
        StringBuilder status = new StringBuilder();
        ready.forEach((cluster, count) -> {
            clusters.append("{name: ").append(cluster).append("},");
            status.append("{clusterName: %s, applied: true, status: {replicas: %d, readyReplicas: %d}},"
                    .formatted(cluster, count, count));
        });
        GenericKubernetesResource object = admin.getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: work.karmada.io/v1alpha2
                        kind: ResourceBinding
                        metadata: {name: %1$s-deployment, namespace: %1$s}
                        spec:
                          clusters: [%3$s]
                          replicas: %2$d
                          resource: {apiVersion: apps/v1, kind: Deployment, name: %1$s, namespace: %1$s}
                        status:
                          conditions: [{type: FullyApplied, status: "False", message: some works have not been applied}]
                          aggregatedStatus: [%4$s]
                        """.formatted(name, replicas, clusters, status), GenericKubernetesResource.class);
        withStatus(context("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true), object);
    }

    private static void cluster(String name, String ready) {
        withStatus(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false), clusterObject(name, ready));
    }

    private static GenericKubernetesResource clusterObject(String name, String ready) {
        return admin.getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: cluster.karmada.io/v1alpha1
                        kind: Cluster
                        metadata: {name: %s}
                        spec: {syncMode: Push}
                        status:
                          conditions: [{type: Ready, status: "%s"}]
                          resourceSummary: {allocatable: {cpu: "4", memory: 8Gi, nvidia.com/gpu: "2"}, allocated: {cpu: "1"}}
                        """.formatted(name, ready), GenericKubernetesResource.class);
    }

    private static void withStatus(ResourceDefinitionContext context, GenericKubernetesResource object) {
        var all = admin.genericKubernetesResources(context);
        Object status = object.getAdditionalProperties().get("status");
        GenericKubernetesResource made = all.resource(object).create();
        made.setAdditionalProperty("status", status);
        all.resource(made).updateStatus();
    }

    private static ResourceDefinitionContext context(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    private static List<GenericKubernetesResource> policies(String namespace) {
        return admin.genericKubernetesResources(
                        context("policy.karmada.io", "v1alpha1", "PropagationPolicy", "propagationpolicies", true))
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private static GenericKubernetesResource policy(String namespace, String name) {
        return policies(namespace).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<GenericKubernetesResource> overrides(String namespace) {
        return admin.genericKubernetesResources(
                        context("policy.karmada.io", "v1alpha1", "OverridePolicy", "overridepolicies", true))
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    private static String text(GenericKubernetesResource object) {
        return String.valueOf(object.getAdditionalProperties());
    }

    private static int replicas(String name) {
        return admin.apps()
                .deployments()
                .inNamespace(name)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }
}
