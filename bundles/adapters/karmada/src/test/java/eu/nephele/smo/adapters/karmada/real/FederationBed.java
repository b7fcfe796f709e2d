// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.real;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.KarmadaAdapter;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A real API server with the kinds of Karmada, and the adapter with the rights of docs/operate/rbac/karmada.yaml and no others. */
abstract class FederationBed {

    static final Duration SOON = Duration.ofSeconds(10);
    static final ClusterId M1 = new ClusterId("karmada", "m1");
    static final ClusterId M2 = new ClusterId("karmada", "m2");
    static final WatchSettings WATCHING =
            new WatchSettings(Set.of("nvidia.com/gpu"), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(3));

    static ApiServer server;
    static KubernetesClient admin;
    static KarmadaAdapter karmada;

    @BeforeAll
    static void begin() throws Exception {
        server = ApiServer.start("smo");
        admin = server.admin();
        try (InputStream crds = Objects.requireNonNull(FederationBed.class.getResourceAsStream("/crds.yaml"))) {
            admin.load(crds).create();
        }
        rights();
        Await.until(SOON, () -> cluster("m1", "True"));
        cluster("m2", "True");
        karmada = new KarmadaAdapter(
                link(), WATCHING, reference -> Optional.of(server.kubeconfig("smo")), Clock.systemUTC());
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

    static LinkSettings link() {
        return new LinkSettings(
                "karmada",
                "file:karmada.kubeconfig",
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                1 << 20,
                Optional.empty(),
                Optional.empty());
    }

    static void rights() throws Exception {
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

    static InputStream stream(String yaml) {
        return new java.io.ByteArrayInputStream(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static ClusterState state(String name) {
        return karmada.clusters().clusters().stream()
                .filter(it -> it.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static WorkloadObservation observe(StepKey key) {
        return Objects.requireNonNull(
                karmada.runtime().observe(List.of(key.workload())).get(key.workload()));
    }

    static StepKey key(String name) {
        return new StepKey(new WorkloadRef(new GraphId(name, "g"), name), 1, "shares");
    }

    static StepKey deployed(String name, String by) {
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

    static void chartPolicy(String name, String scheduling) {
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

    static void binding(String name, int replicas, Map<String, Integer> ready) {
        StringBuilder clusters = new StringBuilder();
        StringBuilder status = new StringBuilder();
        ready.forEach((cluster, count) -> {
            clusters.append("{name: ").append(cluster).append("},");
            status.append(
                    "{clusterName: %1$s, applied: true, status: {replicas: %2$d, readyReplicas: %2$d, updatedReplicas: %2$d, availableReplicas: %2$d}},"
                            .formatted(cluster, count));
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
        ready.keySet().forEach(cluster -> work(name, cluster));
    }

    /** Writes the Work that Karmada makes of the present Deployment for a cluster. */
    static void work(String name, String cluster) {
        Deployment template =
                admin.apps().deployments().inNamespace(name).withName(name).get();
        String space = "karmada-es-" + cluster;
        if (admin.namespaces().withName(space).get() == null) {
            admin.load(stream("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s}".formatted(space)))
                    .create();
        }
        var works = admin.genericKubernetesResources(WORKS).inNamespace(space);
        works.withName(name + "-1").delete();
        GenericKubernetesResource work = admin.getKubernetesSerialization()
                .unmarshal("""
                        apiVersion: work.karmada.io/v1alpha1
                        kind: Work
                        metadata: {name: %s-1, namespace: %s}
                        """.formatted(name, space), GenericKubernetesResource.class);
        Map<String, Object> manifest = Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of(
                        "name", name,
                        "namespace", name,
                        "annotations", template.getMetadata().getAnnotations()),
                "spec",
                Map.of("replicas", template.getSpec().getReplicas()));
        work.setAdditionalProperty("spec", Map.of("workload", Map.of("manifests", List.of(manifest))));
        works.resource(work).create();
    }

    static void cluster(String name, String ready) {
        withStatus(context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false), clusterObject(name, ready));
    }

    static GenericKubernetesResource clusterObject(String name, String ready) {
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

    static void withStatus(ResourceDefinitionContext context, GenericKubernetesResource object) {
        var all = admin.genericKubernetesResources(context);
        Object status = object.getAdditionalProperties().get("status");
        GenericKubernetesResource made = all.resource(object).create();
        made.setAdditionalProperty("status", status);
        all.resource(made).updateStatus();
    }

    static ResourceDefinitionContext context(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }

    static List<GenericKubernetesResource> policies(String namespace) {
        return admin.genericKubernetesResources(
                        context("policy.karmada.io", "v1alpha1", "PropagationPolicy", "propagationpolicies", true))
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    static GenericKubernetesResource policy(String namespace, String name) {
        return policies(namespace).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<GenericKubernetesResource> overrides(String namespace) {
        return admin.genericKubernetesResources(
                        context("policy.karmada.io", "v1alpha1", "OverridePolicy", "overridepolicies", true))
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    static String text(GenericKubernetesResource object) {
        return String.valueOf(object.getAdditionalProperties());
    }

    static int replicas(String name) {
        return admin.apps()
                .deployments()
                .inNamespace(name)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    static final ResourceDefinitionContext CLUSTERS =
            context("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false);
    static final ResourceDefinitionContext OVERRIDES =
            context("policy.karmada.io", "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final ResourceDefinitionContext WORKS = context("work.karmada.io", "v1alpha1", "Work", "works", true);
    static final ResourceDefinitionContext BINDINGS =
            context("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);

    /** Changes the allocated resources of a cluster. */
    static void allocate(String cluster, int cores) {
        admin.genericKubernetesResources(CLUSTERS).withName(cluster).editStatus(it -> {
            GenericKubernetesResource next = clusterObject(cluster, "True");
            next.setMetadata(it.getMetadata());
            next.setAdditionalProperty(
                    "status",
                    Map.of(
                            "conditions",
                            List.of(Map.of("type", "Ready", "status", "True")),
                            "resourceSummary",
                            Map.of("allocatable", Map.of("cpu", "16"), "allocated", Map.of("cpu", cores + ""))));
            return next;
        });
    }

    static void service(String name) {
        admin.load(stream("""
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: %1$s}
                spec: {ports: [{name: web, port: 8080}], selector: {app: %1$s}}
                """.formatted(name))).create();
    }

    static List<String> clusterNames(GenericKubernetesResource policy) {
        return UntypedObject.from(policy)
                .at("spec", "placement", "clusterAffinity", "clusterNames")
                .texts();
    }

    static GenericKubernetesResource bindingObject(String name, List<Map<String, Object>> clusters) {
        GenericKubernetesResource binding =
                admin.getKubernetesSerialization().unmarshal("""
                        apiVersion: work.karmada.io/v1alpha2
                        kind: ResourceBinding
                        metadata: {name: %1$s-deployment, namespace: %1$s}
                        """.formatted(name), GenericKubernetesResource.class);
        binding.setAdditionalProperty(
                "spec",
                Map.of(
                        "clusters",
                        clusters,
                        "resource",
                        Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", name, "namespace", name)));
        return binding;
    }
}
