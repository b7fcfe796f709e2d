// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.played;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.KarmadaAdapter;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import eu.nephele.smo.adapters.karmada.link.WatchSettings;
import eu.nephele.smo.adapters.karmada.read.UntypedObject;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testbed.apiserver.PlayedApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A simulated control plane of Karmada without controllers, and the adapter on it. */
final class PlayedFederation implements AutoCloseable {

    static final ClusterId M1 = new ClusterId("karmada", "m1");
    static final ClusterId M2 = new ClusterId("karmada", "m2");
    static final ClusterId M3 = new ClusterId("karmada", "m3");
    static final Duration SOON = Duration.ofSeconds(30);

    static final ResourceDefinitionContext CLUSTERS =
            kind("cluster.karmada.io", "v1alpha1", "Cluster", "clusters", false);
    static final ResourceDefinitionContext POLICIES =
            kind("policy.karmada.io", "v1alpha1", "PropagationPolicy", "propagationpolicies", true);
    static final ResourceDefinitionContext BINDINGS =
            kind("work.karmada.io", "v1alpha2", "ResourceBinding", "resourcebindings", true);
    static final ResourceDefinitionContext OVERRIDES =
            kind("policy.karmada.io", "v1alpha1", "OverridePolicy", "overridepolicies", true);
    static final ResourceDefinitionContext EXPORTS =
            kind("multicluster.x-k8s.io", "v1alpha1", "ServiceExport", "serviceexports", true);
    static final ResourceDefinitionContext IMPORTS =
            kind("multicluster.x-k8s.io", "v1alpha1", "ServiceImport", "serviceimports", true);

    private static final LinkSettings LINK = new LinkSettings(
            "karmada",
            "file:karmada.kubeconfig",
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            1 << 20,
            Optional.empty(),
            Optional.empty());

    final PlayedApiServer server;
    final KubernetesClient admin;
    final KarmadaAdapter karmada;

    PlayedFederation() throws IOException {
        this(server -> {}, Duration.ofSeconds(60));
    }

    /** @param before set-up before the first call */
    PlayedFederation(Consumer<PlayedApiServer> before, Duration resync) throws IOException {
        this(before, resync, Duration.ZERO);
    }

    /**
     * @param before set-up before the first call
     * @param silent how long a member may be silent; zero: members are not probed
     */
    PlayedFederation(Consumer<PlayedApiServer> before, Duration resync, Duration silent) throws IOException {
        server = new PlayedApiServer();
        before.accept(server);
        admin = admin(server);
        for (String name : List.of("m1", "m2", "m3")) {
            cluster(name, "True", "cpu: \"4\", memory: 8Gi");
        }
        karmada = new KarmadaAdapter(
                LINK,
                new WatchSettings(Set.of("nvidia.com/gpu"), List.of(), resync, Duration.ofSeconds(5), silent),
                reference -> Optional.of(server.kubeconfig()),
                Clock.systemUTC());
        await(() -> assertThat(karmada.clusters().clusters()).hasSize(3));
    }

    /** Opens one more connection, like that of the adapter. */
    ApiServerConnection connection() {
        return new ApiServerConnection(LINK, reference -> Optional.of(server.kubeconfig()));
    }

    static KubernetesClient admin(PlayedApiServer server) {
        Config config = Config.fromKubeconfig(server.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    public void close() {
        karmada.close();
        admin.close();
        server.close();
    }

    static void await(ThrowingCallable assertion) {
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (Throwable notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("Not within " + SOON + ": " + notYet.getMessage(), notYet);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Number of writes so far. */
    long writes() {
        return server.calls().stream()
                .filter(PlayedApiServer.ReceivedCall::writes)
                .count();
    }

    <T extends HasMetadata> T make(Class<T> type, String yaml) {
        return admin.resource(admin.getKubernetesSerialization().unmarshal(yaml, type))
                .create();
    }

    GenericKubernetesResource make(ResourceDefinitionContext kind, String yaml) {
        GenericKubernetesResource object =
                admin.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        return admin.genericKubernetesResources(kind).resource(object).create();
    }

    void cluster(String name, String ready, String allocatable) {
        make(CLUSTERS, """
                apiVersion: cluster.karmada.io/v1alpha1
                kind: Cluster
                metadata: {name: %s}
                spec: {syncMode: Push}
                status:
                  conditions: [{type: Ready, status: "%s"}]
                  resourceSummary: {allocatable: {%s}, allocated: {cpu: "1"}}
                """.formatted(name, ready, allocatable));
    }

    ClusterState state(ClusterId id) {
        return karmada.clusters().clusters().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Creates a workload of this kind in its own namespace. */
    StepKey deployed(String name, String kind, String by) {
        namespace(name);
        String yaml = """
                apiVersion: apps/v1
                kind: %2$s
                metadata:
                  name: %1$s
                  namespace: %1$s
                  labels: {app.kubernetes.io/managed-by: %3$s}
                  annotations: {meta.helm.sh/release-name: %1$s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: x, resources: {requests: {cpu: 500m, memory: 256Mi}}}]}
                """.formatted(name, kind, by);
        if (kind.equals("Deployment")) {
            make(io.fabric8.kubernetes.api.model.apps.Deployment.class, yaml);
        } else {
            make(io.fabric8.kubernetes.api.model.apps.StatefulSet.class, yaml);
        }
        return key(name);
    }

    void namespace(String name) {
        make(io.fabric8.kubernetes.api.model.Namespace.class, """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name));
    }

    StepKey deployed(String name) {
        return deployed(name, "Deployment", "Helm");
    }

    static StepKey key(String name) {
        return new StepKey(new WorkloadRef(new GraphId(name, "g"), name), 1, "shares");
    }

    /** The chart's own policy, on one cluster. */
    void chartPolicy(String name, String placement) {
        make(POLICIES, """
                apiVersion: policy.karmada.io/v1alpha1
                kind: PropagationPolicy
                metadata: {name: %1$s, namespace: %1$s}
                spec:
                  priority: 7
                  resourceSelectors: [{apiVersion: apps/v1, kind: Deployment, name: %1$s}]
                  placement: {%2$s}
                """.formatted(name, placement));
    }

    int replicas(String name) {
        return admin.apps()
                .deployments()
                .inNamespace(name)
                .withName(name)
                .get()
                .getSpec()
                .getReplicas();
    }

    List<String> names(ResourceDefinitionContext kind, String namespace) {
        return admin.genericKubernetesResources(kind).inNamespace(namespace).list().getItems().stream()
                .map(it -> it.getMetadata().getName())
                .toList();
    }

    UntypedObject object(ResourceDefinitionContext kind, String namespace, String name) {
        return UntypedObject.from(resource(kind, namespace, name));
    }

    GenericKubernetesResource resource(ResourceDefinitionContext kind, String namespace, String name) {
        return admin.genericKubernetesResources(kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    List<String> clustersOf(String namespace, String policy) {
        return object(POLICIES, namespace, policy)
                .at("spec", "placement", "clusterAffinity", "clusterNames")
                .texts();
    }

    private static ResourceDefinitionContext kind(
            String group, String version, String kind, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
